// @vitest-environment node
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { expect, test } from "vitest";

import { changes } from "./excalidraw.ts";

test.each(["prod", "dev"])("the installed Excalidraw (%s) asks no other host for fonts", async (kind) => {
  const folder = fileURLToPath(new URL(`../node_modules/@excalidraw/excalidraw/dist/${kind}/`, import.meta.url));
  const files = (await readdir(folder)).filter((name) => name.endsWith(".js"));
  const sources = await Promise.all(files.map((name) => readFile(folder + name, "utf8")));
  const concerned = sources.filter((code) => code.includes("esm.sh"));
  expect(concerned).toHaveLength(1);
  const changed = changes(concerned[0]!);
  expect(changed).not.toContain("https://esm.sh");
  expect(changed).toContain('new URL("/assets/board-fonts-');
  expect(changed).not.toMatch(/typeof Worker\b/);
  const names = sources.filter((code) => code.includes("main-menu-trigger"));
  expect(names).toHaveLength(1);
  expect(changes(names[0]!)).toContain('"aria-label":"Board menu"');
});

test("another version of it is looked at by somebody", () => {
  expect(() => changes("`https://esm.sh/x`")).toThrow("the fonts' other host was found 0 times");
});
