import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";

import { type Plugin, transformWithOxc } from "vite";

const SOURCE = "src/sw.ts";
/** Not in the bundle: from public/, and the page itself. */
const BESIDE = ["/index.html", "/theme.js", "/favicon.svg"];
/** Drawn on every page, in the editor, and what one writes on the board. */
const FONT = /(?:latin-wght-normal|codicon|Excalifont-Regular)-[^/]+\.(?:woff2|ttf)$/;
const EDITOR_WORKER = /editor\.worker-[^/]+\.js$/;

interface Chunk {
  type: "chunk";
  fileName: string;
  imports: string[];
  dynamicImports: string[];
  facadeModuleId: string | null;
  viteMetadata?: { importedCss: Set<string> };
}

type Bundle = Readonly<Record<string, Chunk | { type: "asset"; fileName: string }>>;

/** Puts /sw.js beside the page: src/sw.ts with the files of this build in it. */
export function serviceWorker(): Plugin {
  let root = "";
  return {
    name: "service-worker",
    apply: "build",
    configResolved(config) {
      root = config.root;
    },
    async generateBundle(_, bundle) {
      const { shell, room } = offlineFiles(bundle);
      const source = path.join(root, SOURCE);
      const { code } = await transformWithOxc(await readFile(source, "utf8"), source, { sourcemap: false });
      const release = createHash("sha256").update([...shell, ...room].join("\n")).update(code).digest("hex").slice(0, 12);
      const given = `const SHELL = ${JSON.stringify(shell)};\nconst ROOM = ${JSON.stringify(room)};\nconst RELEASE = "${release}";\n`;
      this.emitFile({ type: "asset", fileName: "sw.js", source: given + code });
    },
  };
}

/** What a session's page needs at once, and what a room comes to need. */
export function offlineFiles(bundle: Bundle): { shell: string[]; room: string[] } {
  const chunk = (name: string): Chunk | null => {
    const found = bundle[name];
    return found?.type === "chunk" ? found : null;
  };
  const chunks = Object.values(bundle).filter((one): one is Chunk => one.type === "chunk");
  const of = (module: string) => chunks.filter(({ facadeModuleId }) => facadeModuleId?.endsWith(module)).map(({ fileName }) => fileName);
  const closure = (from: readonly string[], later: boolean) => {
    const names = new Set<string>();
    const add = (name: string) => {
      const found = chunk(name);
      if (!found || names.has(name)) return;
      names.add(name);
      [...found.imports, ...(later ? found.dynamicImports : [])].forEach(add);
    };
    from.forEach(add);
    return names;
  };
  const withStyles = (names: Iterable<string>) =>
    [...names].flatMap((name) => [name, ...(chunk(name)?.viteMetadata?.importedCss ?? [])]);
  const assets = (pattern: RegExp) => Object.keys(bundle).filter((name) => pattern.test(name));

  const page = ["/index.html", "/pages/session-page.tsx", "/room/session-page.tsx", "/room/room-page.tsx"].flatMap(of);
  const room = ["/room/room-page.tsx", "/execution/code-editor.tsx"].flatMap(of);
  if (room.length === 0) throw new Error("the room's chunk is not where tooling/service-worker.ts looks for it");
  const shell = new Set(withStyles(closure(page, false)));
  const more = [...withStyles(closure(room, true)), ...assets(FONT), ...assets(EDITOR_WORKER)];
  const addresses = (names: Iterable<string>) => [...new Set(names)].map((name) => `/${name}`).sort();
  return { shell: [...BESIDE, ...addresses(shell)], room: addresses(more.filter((name) => !shell.has(name))) };
}
