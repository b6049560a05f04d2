import { expect, test } from "vitest";

import { freePath, languageOf, pathFault, treeOf } from "./paths";

test.each(["notes.txt", "src/notes.txt", "a/b/c", "été.py", "with space.md", ".env"])("%j is a path", (path) => {
  expect(pathFault(path, ["other"])).toBeUndefined();
});

test.each(["", "/etc/passwd", "a//b", "a/", "..", "a/../b", "./a", "a\\b", "a\nb", "a\u202eb", " a", "a /b", "x".repeat(201)])("%j is none", (path) => {
  expect(pathFault(path, [])).toBeTruthy();
});

test("what is there already is in the way, as a file and as a folder", () => {
  expect(pathFault("a.py", ["a.py"])).toBe("There is a file of this name already.");
  expect(pathFault("src", ["src/a.py"])).toBe("There is a folder of this name already.");
  expect(pathFault("src/a.py", ["src"])).toBe("src is a file, no folder.");
});

test("a free path counts up before the ending", () => {
  const taken = new Set(["a.py", "a 2.py", "src.d/b", ".env"]);
  const free = (path: string) => freePath(path, (one) => taken.has(one));
  expect([free("new"), free("a.py"), free("src.d/b"), free(".env")]).toEqual(["new", "a 3.py", "src.d/b 2", ".env 2"]);
});

test("a file's language is that of its name, else of its ending", () => {
  const language = (id: string, fileName: string) => ({ id, fileName, name: id, version: "1", monaco: id, starter: "" });
  const known = [language("c", "main.c"), language("cpp", "main.cpp"), language("python", "solution.py")];
  const of = (path: string) => languageOf(path, known)?.id;
  expect([of("p2/main.cpp"), of("src/util.py"), of("x.c"), of("README"), of("notes.txt")]).toEqual(["cpp", "python", "c", undefined, undefined]);
});

test("folders come first, each with what is in it", () => {
  expect(treeOf(["z.py", "src/b.py", "a.py", "src/a/x.py"])).toEqual([
    {
      path: "src",
      name: "src",
      children: [
        { path: "src/a", name: "a", children: [{ path: "src/a/x.py", name: "x.py" }] },
        { path: "src/b.py", name: "b.py" },
      ],
    },
    { path: "a.py", name: "a.py" },
    { path: "z.py", name: "z.py" },
  ]);
});
