import path from "node:path";

import type { Plugin } from "vite";

const VIRTUAL = "virtual:stream-plugin";
const RESOLVED = `\0${VIRTUAL}`;

/**
 * `virtual:stream-plugin`: the operator's plug-in that `named` (STREAM_PLUGIN) gives, a path or a package, loaded when it
 * is needed. Without it `null`, and nothing of any plug-in is in the build.
 */
export function streamPlugin(named = process.env.STREAM_PLUGIN): Plugin {
  let root = "";
  return {
    name: "stream-plugin",
    configResolved(config) {
      root = config.root;
    },
    resolveId: (id) => (id === VIRTUAL ? RESOLVED : undefined),
    async load(id) {
      if (id !== RESOLVED) return;
      if (!named) return "export default null;";
      const target = named.startsWith(".") ? path.resolve(named) : named;
      const found = await this.resolve(target, path.join(root, "index.html"));
      if (!found) return this.error(`STREAM_PLUGIN: there is no ${target}. Give a path that begins with . or /, or an installed package.`);
      return `export default () => import(${JSON.stringify(found.id)});`;
    },
  };
}
