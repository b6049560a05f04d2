// @vitest-environment node
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { build, type Rolldown } from "vite";
import { expect, test } from "vitest";

import { streamPlugin } from "./stream-plugin.ts";

/** All the code that is made of an entry which hands on `virtual:stream-plugin`, by chunk. */
async function built(named: string | undefined): Promise<string[]> {
  const root = mkdtempSync(path.join(tmpdir(), "plugin-"));
  writeFileSync(path.join(root, "entry.js"), 'export { default } from "virtual:stream-plugin";');
  const plugin = path.join(root, "operator.js");
  writeFileSync(plugin, 'export default { call: () => "carried by the operator" };');
  const made = await build({
    root,
    configFile: false,
    logLevel: "silent",
    plugins: [streamPlugin(named?.replace("ROOT", root) ?? "")],
    build: { write: false, lib: { entry: path.join(root, "entry.js"), formats: ["es"], fileName: "entry" } },
  });
  const outputs = (Array.isArray(made) ? made : [made]) as Rolldown.RolldownOutput[];
  return outputs.flatMap(({ output }) => output.map((chunk) => (chunk.type === "chunk" ? chunk.code : "")));
}

test("without STREAM_PLUGIN there is nothing of it", async () => {
  const [code, ...more] = await built(undefined);
  expect(more).toEqual([]);
  expect(code).toContain("null");
  expect(code).not.toContain("import(");
});

test("with it the operator's plug-in is in the build, in a chunk of its own", async () => {
  const [entry, plugin] = await built("ROOT/operator.js");
  expect(entry).toContain("import(");
  expect(entry).not.toContain("carried by the operator");
  expect(plugin).toContain("carried by the operator");
});

test("a plug-in that is not there stops the build", async () => {
  await expect(built("no-such-package")).rejects.toThrow(/there is no no-such-package/);
});

test("nothing of Stream's is among our packages", () => {
  const lock = readFileSync(path.resolve(import.meta.dirname, "../package-lock.json"), "utf8");
  expect(lock).not.toMatch(/stream-chat|@stream-io|getstream/i);
});
