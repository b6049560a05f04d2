import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";

import { type Plugin, transformWithOxc } from "vite";

const SOURCE = "src/sw.ts";
/** Not in the bundle: from public/, and the page itself. */
const BESIDE = ["/index.html", "/theme.js", "/favicon.svg"];
/** Drawn on every page, in the editor, and what one writes on the board. */
const FONT = /(?:latin-wght-normal|codicon|Excalifont-Regular)-[^/]+\.(?:woff2|ttf)$/;
/** Each is large, and nobody needs more than one. */
const EDITORS = {
  full: ["/doc/shared-editor.tsx", "/execution/code-editor.tsx"],
  light: ["/doc/light-shared-editor.tsx", "/light/light-code-editor.tsx"],
};
type EditorKind = keyof typeof EDITORS;
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
      const { shell, room, editors } = offlineFiles(bundle);
      const source = path.join(root, SOURCE);
      const { code } = await transformWithOxc(await readFile(source, "utf8"), source, { sourcemap: false });
      const release = createHash("sha256").update([...shell, ...room, ...Object.values(editors).flat()].join("\n")).update(code).digest("hex").slice(0, 12);
      const given = `const SHELL = ${JSON.stringify(shell)};\nconst ROOM = ${JSON.stringify(room)};\nconst EDITORS = ${JSON.stringify(editors)};\nconst RELEASE = "${release}";\n`;
      this.emitFile({ type: "asset", fileName: "sw.js", source: given + code });
    },
  };
}

interface OfflineFiles {
  /** What a session's page needs at once. */
  shell: string[];
  /** What a room comes to need, whoever is in it. */
  room: string[];
  /** And who writes in it, with the editor that is theirs. */
  editors: Record<EditorKind, string[]>;
}

export function offlineFiles(bundle: Bundle): OfflineFiles {
  const chunk = (name: string): Chunk | null => {
    const found = bundle[name];
    return found?.type === "chunk" ? found : null;
  };
  const chunks = Object.values(bundle).filter((one): one is Chunk => one.type === "chunk");
  const of = (module: string) => chunks.filter(({ facadeModuleId }) => facadeModuleId?.endsWith(module)).map(({ fileName }) => fileName);
  const closure = (from: readonly string[], later: boolean, but: ReadonlySet<string> = new Set()) => {
    const names = new Set<string>();
    const add = (name: string) => {
      const found = chunk(name);
      if (!found || names.has(name) || but.has(name)) return;
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
  const room = of("/room/room-page.tsx");
  const entries = Object.entries(EDITORS).map(([kind, modules]) => [kind as EditorKind, modules.flatMap(of)] as const);
  const moved = [["the room", room] as const, ...entries].find(([, found]) => found.length === 0);
  if (moved) throw new Error(`the chunk of ${moved[0]} is not where tooling/service-worker.ts looks for it`);
  const shell = new Set(withStyles(closure(page, false)));
  const apart = new Set(entries.flatMap(([, names]) => names));
  const common = new Set([...withStyles(closure(room, true, apart)), ...assets(FONT)].filter((name) => !shell.has(name)));
  const addresses = (names: Iterable<string>) => [...new Set(names)].map((name) => `/${name}`).sort();
  const own = (kind: EditorKind, names: string[]) =>
    addresses([...withStyles(closure(names, true)), ...(kind === "full" ? assets(EDITOR_WORKER) : [])].filter((name) => !shell.has(name) && !common.has(name)));
  const editors = Object.fromEntries(entries.map(([kind, names]) => [kind, own(kind, names)])) as Record<EditorKind, string[]>;
  return { shell: [...BESIDE, ...addresses(shell)], room: addresses(common), editors };
}
