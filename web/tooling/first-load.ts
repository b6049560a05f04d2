import { gzipSync } from "node:zlib";

import type { Plugin } from "vite";

/** Script that every visitor fetches before the first page, in bytes after gzip. */
const MOST = 150_000;

/** Stops a build whose first load has grown beyond its budget: something heavy lost its `lazy`. */
export function firstLoadBudget(): Plugin {
  return {
    name: "first-load-budget",
    apply: "build",
    generateBundle(_, bundle) {
      const first = new Set<string>();
      const add = (name: string) => {
        const chunk = bundle[name];
        if (chunk?.type !== "chunk" || first.has(name)) return;
        first.add(name);
        chunk.imports.forEach(add);
      };
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === "chunk" && chunk.isEntry && chunk.facadeModuleId?.endsWith("index.html")) add(chunk.fileName);
      }
      let bytes = 0;
      for (const name of first) {
        const chunk = bundle[name];
        if (chunk?.type === "chunk") bytes += gzipSync(chunk.code).length;
      }
      this.info(`first load: ${Math.round(bytes / 1000)} kB of script after gzip`);
      if (first.size === 0) this.error("no entry chunk found");
      if (bytes > MOST) this.error(`the first load has ${bytes} bytes of script after gzip, more than ${MOST}`);
    },
  };
}
