import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import type { Plugin } from "vite";

const PACKAGE = /\/@excalidraw\/excalidraw\/dist\/(?:prod|dev)\//;
/** Where the board's fonts are; the version stands in for the hash that files below /assets have in their names. */
const FONTS = "assets/board-fonts-0.18.1";
/** Drawn by the style sheet, which brings it along itself; and 13 MB of Chinese handwriting, for which the system's fonts do. */
const LEFT_OUT = ["Assistant", "Xiaolai"];
/** What nobody asks for: languages that the app does not speak, and a compiler of diagrams (Mermaid) of 3 MB. */
const OTHER_LANGUAGE = /\/locales\/(?!en-|percentages)[^/]+\.js$/;
const MERMAID = "@excalidraw/mermaid-to-excalidraw";
const NOTHING = "\0nothing-of-excalidraw";

interface Change {
  what: string;
  from: RegExp;
  to: string;
}

/** Each must be found once, or the build stops: a new version of Excalidraw is looked at by somebody. */
const CHANGES: Readonly<Record<"fonts" | "names", readonly Change[]>> = {
  fonts: [
  // Fonts come from here, and if they are not here, from nowhere: its own second choice is another host.
  { what: "the fonts' other host", from: /`https:\/\/esm\.sh\/\$\{.*?\}\/dist\/prod\/`/, to: `new URL("/${FONTS}/",location.href).href` },
  // In a picture's SVG whole fonts are put: cutting them down is WebAssembly, which our policy does not run.
  { what: "the fonts' worker", from: /typeof Worker\s*(?:<\s*"u"|!==\s*"undefined")/, to: "false" },
  // The last but one of the families that are made known.
  {
    what: "the Chinese handwriting",
    from: /([\w$]+)\(([\w$]+), ?\.\.\.[\w$]+\)(?=[,;]\s*\1\([\w$]+, ?\.\.\.[\w$]+\)[,;]\s*[\w$]+\._initialized)/,
    to: "$1($2)",
  },
  ],
  // For who does not see them.
  names: [
    { what: "the menu's button", from: /"data-testid": ?"main-menu-trigger",/, to: '"aria-label":"Board menu",$&' },
    { what: "the choice of colours", from: /role: ?"dialog", ?"aria-modal": ?"true", ?className: ?"color-picker-container"/, to: 'role:"group","aria-label":"Colours",className:"color-picker-container"' },
  ],
};
/** Which of its files they are in. */
const WHERE = { fonts: "esm.sh", names: "main-menu-trigger" } as const;

/** Excalidraw without what it would fetch from elsewhere, and without what nobody here uses. */
export function excalidraw(): Plugin {
  let root = "";
  let changed = false;
  return {
    name: "excalidraw",
    enforce: "pre",
    configResolved(config) {
      root = config.root;
    },
    resolveId(source, importer) {
      if (!importer || !PACKAGE.test(importer)) return undefined;
      if (source === MERMAID || OTHER_LANGUAGE.test(source)) return NOTHING;
      if (source.endsWith("/subset-shared.chunk.js")) return path.join(root, "src/features/room/board/whole-fonts.ts");
      if (source.endsWith("/subset-worker.chunk.js")) return NOTHING;
      return undefined;
    },
    load: (id) => (id === NOTHING ? "export default {};" : undefined),
    transform(code, id) {
      if (!PACKAGE.test(id) || !id.split("?")[0]?.endsWith(".js")) return undefined;
      const ours = changes(code);
      if (ours === code) return undefined;
      changed = true;
      return { code: ours, map: null };
    },
    async generateBundle() {
      if (!changed) return; // the replay's page has no board
      const folder = path.join(root, "node_modules/@excalidraw/excalidraw/dist/prod/fonts");
      for (const file of await readdir(folder, { recursive: true })) {
        if (!file.endsWith(".woff2") || LEFT_OUT.some((family) => file.startsWith(family))) continue;
        this.emitFile({ type: "asset", fileName: `${FONTS}/fonts/${file}`, source: await readFile(path.join(folder, file)) });
      }
    },
  };
}

export function changes(code: string): string {
  const due = (["fonts", "names"] as const).flatMap((kind) => (code.includes(WHERE[kind]) ? CHANGES[kind] : []));
  for (const { what, from, to } of due) {
    const found = code.match(new RegExp(from, "g"))?.length ?? 0;
    if (found !== 1) throw new Error(`Excalidraw: ${what} was found ${found} times, not once (tooling/excalidraw.ts)`);
    code = code.replace(from, to);
  }
  return code;
}
