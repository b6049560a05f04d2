// @vitest-environment node
import { expect, test } from "vitest";

import { offlineFiles } from "./service-worker.ts";

const chunk = (fileName: string, facadeModuleId: string | null, imports: string[] = [], dynamicImports: string[] = [], css: string[] = []) => ({
  type: "chunk" as const,
  fileName,
  imports,
  dynamicImports,
  facadeModuleId,
  viteMetadata: { importedCss: new Set(css) },
});

const BUNDLE = Object.fromEntries(
  [
    chunk("assets/index.js", "/w/index.html", ["assets/react.js"], ["assets/session.js", "assets/landing.js"], ["assets/index.css"]),
    chunk("assets/react.js", null),
    chunk("assets/landing.js", "/w/src/app/pages/landing-page.tsx"),
    chunk("assets/session.js", "/w/src/features/room/session-page.tsx", [], ["assets/room.js", "assets/record.js"]),
    chunk("assets/record.js", "/w/src/features/room/record-page.tsx"),
    chunk("assets/room.js", "/w/src/features/room/room-page.tsx", ["assets/yjs.js"], ["assets/desk.js", "assets/board.js"], ["assets/room.css"]),
    chunk("assets/yjs.js", null),
    chunk("assets/desk.js", null, [], ["assets/editor.js", "assets/light.js"]),
    chunk("assets/board.js", null),
    chunk("assets/light.js", "/w/src/features/execution/light/light-code-editor.tsx", ["assets/board.js"], ["assets/vim.js"]),
    chunk("assets/vim.js", null),
    chunk("assets/editor.js", "/w/src/features/execution/code-editor.tsx", [], ["assets/python.js"], ["assets/editor.css"]),
    chunk("assets/python.js", null),
    { type: "asset" as const, fileName: "assets/editor.worker-1.js" },
    { type: "asset" as const, fileName: "assets/jetbrains-mono-latin-wght-normal-B9CI.woff2" },
    { type: "asset" as const, fileName: "assets/jetbrains-mono-greek-wght-normal-B9CI.woff2" },
  ].map((one) => [one.fileName, one]),
);

test("the page and the room's own chunks come first; the rest, with one of the editors, when one is in a room", () => {
  expect(offlineFiles(BUNDLE)).toEqual({
    shell: ["/index.html", "/theme.js", "/favicon.svg", ...["index.css", "index.js", "react.js", "room.css", "room.js", "session.js", "yjs.js"].map((name) => `/assets/${name}`)],
    room: ["board.js", "desk.js", "jetbrains-mono-latin-wght-normal-B9CI.woff2"].map((name) => `/assets/${name}`),
    editors: {
      full: ["editor.css", "editor.js", "editor.worker-1.js", "python.js"].map((name) => `/assets/${name}`),
      light: ["light.js", "vim.js"].map((name) => `/assets/${name}`),
    },
  });
});

test("a build that moved the room says so", () => {
  expect(() => offlineFiles({})).toThrow("the chunk of the room");
});
