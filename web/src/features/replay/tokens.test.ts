import { expect, test } from "vitest";

import { random } from "./testing";
import { piecesOf, tokensOf } from "./tokens";

const seen = (text: string, path: string) => tokensOf(text, path).map(({ from, to, kind }) => `${kind} ${text.slice(from, to)}`);

test("what most languages share is coloured", () => {
  expect(seen('def f(x):  # it "is"\n    return "a # b" + 12', "solution.py")).toEqual([
    "keyword def",
    'comment # it "is"',
    "keyword return",
    'string "a # b"',
    "number 12",
  ]);
  expect(seen("int x1 = 0x1F; // '\n/* a\nb */ char c = '\\'';", "Main.java")).toEqual([
    "keyword int",
    "number 0x1F",
    "comment // '",
    "comment /* a\nb */",
    "keyword char",
    "string '\\''",
  ]);
  expect(seen('"""long\n"text" """ + 1', "p1/solution.py")).toEqual(['string """long\n"text" """', "number 1"]);
  expect(seen("const a = `x\n${b}`", "a.ts")).toEqual(["keyword const", "string `x\n${b}`"]);
  expect(seen("select 'a' -- why", "a.sql")).toEqual(["keyword select", "string 'a'", "comment -- why"]);
});

test("what is not closed ends with the line, or the text", () => {
  expect(seen('"open\nif', "a.py")).toEqual(['string "open', "keyword if"]);
  expect(seen("/* open\nif", "a.c")).toEqual(["comment /* open\nif"]);
});

test("notes, and what is too long, are plain", () => {
  expect(tokensOf("if this", "notes.txt")).toEqual([]);
  expect(tokensOf("if ".repeat(7_000), "a.py")).toEqual([]);
});

test.each([1, 2, 3])("nothing is lost or said twice, wherever it is cut (%i)", (seed) => {
  const number = random(seed);
  const signs = ['"', "'", "`", "#", "//", "/*", "*/", "\n", "\\", "if", " ", "x", "1", '"""', "😀", "</script>"];
  const text = Array.from({ length: 300 }, () => signs[Math.floor(number() * signs.length)]).join("");
  for (const path of ["a.py", "a.js", "a.sql", "none"]) {
    const tokens = tokensOf(text, path);
    for (let cut = 0; cut < 20; cut++) {
      const [from = 0, to = 0] = [number(), number()].map((one) => Math.floor(one * text.length)).sort((a, b) => a - b);
      const three = [piecesOf(text, tokens, 0, from), piecesOf(text, tokens, from, to), piecesOf(text, tokens, to, text.length)];
      expect(three.map((pieces) => pieces.map((piece) => piece.text).join(""))).toEqual([text.slice(0, from), text.slice(from, to), text.slice(to)]);
    }
  }
});

test("a text made to be slow is not", () => {
  for (const sign of ['"\\', "/*", '"""', "'", "`\\", "\\\"", "a.", "1."]) {
    const text = sign.repeat(20_000 / sign.length);
    expect(piecesOf(text, tokensOf(text, "a.py"), 0, text.length).map((piece) => piece.text).join("")).toBe(text);
  }
});
