import { fileURLToPath } from "node:url";

import { lingui } from "@lingui/vite-plugin";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

import { compiledTexts } from "./tooling/compile-texts.ts";
import { compress } from "./tooling/compress.ts";
import { excalidraw } from "./tooling/excalidraw.ts";
import { firstLoadBudget } from "./tooling/first-load.ts";
import { replayFile } from "./tooling/replay-file.ts";
import { serviceWorker } from "./tooling/service-worker.ts";
import { streamPlugin } from "./tooling/stream-plugin.ts";

const server = process.env.API ?? "http://127.0.0.1:3000";

/** What makes scripts and styles of our sources. */
const sources = () => [
  // The English text stays beside its id, compiled: it travels with the page that shows it, and the first load carries
  // neither a catalogue nor a parser.
  lingui({ macroTransform: { macro: { descriptorFields: "message" } } }),
  compiledTexts(),
  streamPlugin(),
  react(),
  tailwindcss(),
];

export default defineConfig({
  plugins: [
    ...sources(),
    excalidraw(),
    firstLoadBudget(),
    replayFile(sources),
    serviceWorker(),
    compress(),
  ],
  resolve: {
    alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) },
    dedupe: ["yjs", "react", "react-dom"],
  },
  server: { port: 5173, strictPort: true, proxy: { "/api": { target: server, ws: true } } },
  preview: { proxy: { "/api": { target: server, ws: true } } },
  build: {
    target: "es2023",
    // No data: addresses: the content security policy takes fonts and scripts from this server only.
    assetsInlineLimit: 0,
    // Monaco's floor; it is loaded by itself, on the pages that edit code.
    chunkSizeWarningLimit: 4500,
  },
  worker: { format: "es" },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}", "tooling/**/*.test.ts"],
    setupFiles: ["./tooling/test-setup.ts"],
    testTimeout: 20_000,
    restoreMocks: true,
    unstubGlobals: true,
  },
});
