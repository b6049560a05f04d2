import { describe, expect, test } from "vitest";

import { type Block, type Inline, parse } from "./markup";

const parts = (text: string): Inline[] => parse(text).flatMap((block) => (block.kind === "paragraph" ? block.parts : []));
const hrefs = (text: string): string[] => parts(text).flatMap((part) => (part.kind === "link" ? [part.href] : []));
const written = (blocks: Block[]): string =>
  blocks.map((block) => (block.kind === "code" ? block.text : block.parts.map(({ text }) => text).join(""))).join("\n");

describe("links", () => {
  test.each([
    ["see https://example.org/a?b=c#d now", ["https://example.org/a?b=c#d"]],
    ["HTTP://EXAMPLE.org/Path", ["http://example.org/Path"]],
    ["mailto:ada@example.org", ["mailto:ada@example.org"]],
    ["Read https://example.org.", ["https://example.org/"]],
    ["(https://example.org/a_(b))", ["https://example.org/a_(b)"]],
    ["https://a.example, https://b.example!", ["https://a.example/", "https://b.example/"]],
    ["<https://example.org>", ["https://example.org/"]],
  ])("%s", (text, expected) => {
    expect(hrefs(text)).toEqual(expected);
  });

  test.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//example.org",
    "www.example.org",
    "xhttps://example.org",
    "https://",
    "https://[",
    "https://bank.example@evil.example/",
    "https://user:secret@example.org/",
    `https://example.org/${"a".repeat(3_000)}`,
  ])("no link: %s", (text) => {
    expect(hrefs(text)).toEqual([]);
    expect(written(parse(text))).toBe(text);
  });

  test("an address inside another protocol's is only what it says", () => {
    expect(hrefs("javascript:https://example.org/%0aalert(1)")).toEqual(["https://example.org/%0aalert(1)"]);
    expect(hrefs("blob:https://example.org/1")).toEqual(["https://example.org/1"]);
  });

  test("an address that turns the order of letters around is shown as it is sent", () => {
    const [link] = parts("https://example.org/\u202Egpj.exe");
    expect(link).toEqual({
      kind: "link",
      href: "https://example.org/%E2%80%AEgpj.exe",
      text: "https://example.org/%E2%80%AEgpj.exe",
    });
  });

  test("a host with foreign letters is shown as the browser will ask for it", () => {
    expect(parts("https://аpple.example")).toEqual([
      { kind: "link", href: "https://xn--pple-43d.example/", text: "https://xn--pple-43d.example/" },
    ]);
  });
});

describe("code", () => {
  test("inline, also with back-ticks inside", () => {
    expect(parts("use `x` or `` a`b ``")).toEqual([
      { kind: "text", text: "use " },
      { kind: "code", text: "x" },
      { kind: "text", text: " or " },
      { kind: "code", text: "a`b" },
    ]);
  });

  test("nothing inside code is a link", () => {
    expect(hrefs("`https://example.org` and\n```\nhttps://example.org\n```")).toEqual([]);
  });

  test("a back-tick without a partner is a back-tick", () => {
    expect(written(parse("it`s ``odd"))).toBe("it`s ``odd");
  });

  test("a block keeps its blanks and its language", () => {
    expect(parse("look:\n```python\n  def f():\n\n    pass\n```\ndone")).toEqual([
      { kind: "paragraph", parts: [{ kind: "text", text: "look:" }] },
      { kind: "code", language: "python", text: "  def f():\n\n    pass" },
      { kind: "paragraph", parts: [{ kind: "text", text: "done" }] },
    ]);
  });

  test("a longer fence holds shorter ones", () => {
    expect(parse("````\n```js\n1\n```\n````")).toEqual([{ kind: "code", language: "", text: "```js\n1\n```" }]);
  });

  test("a block that is never closed goes to the end", () => {
    expect(parse("```\na\nb")).toEqual([{ kind: "code", language: "", text: "a\nb" }]);
  });

  test("three back-ticks within a line are inline code", () => {
    expect(parts("run ```ls -l``` now")[1]).toEqual({ kind: "code", text: "ls -l" });
  });

  test("signs that hide the order are written out", () => {
    expect(parse("```\nif (admin\u202E ⁦// check⁩) {\n```")).toEqual([
      { kind: "code", language: "", text: "if (admin\\u202E \\u2066// check\\u2069) {" },
    ]);
    expect(parts("`\u2067x`")).toEqual([{ kind: "code", text: "\\u2067x" }]);
  });
});

describe("text", () => {
  test("is not interpreted", () => {
    const text = "<img src=x onerror=alert(1)> **bold** &amp; [a](javascript:alert(1))\n\n# not a title";
    expect(parse(text)).toEqual([{ kind: "paragraph", parts: [{ kind: "text", text }] }]);
  });

  test("loses the signs that turn its order around", () => {
    expect(written(parse("abc\u202Edef\u2066ghi"))).toBe("abcdefghi");
  });

  test("empty and blank", () => {
    expect(parse("")).toEqual([]);
    expect(parse("\n \n")).toEqual([]);
  });
});

// Far more than the server takes: time must grow with the length, not with its square.
test.each([
  ["back-ticks of all lengths", Array.from({ length: 1_400 }, (_, n) => "`".repeat(n)).join(" ")],
  ["single back-ticks", "` ".repeat(100_000)],
  ["opened fences", "```\n".repeat(250_001)],
  ["fences with a language, never closed", "```js\n".repeat(150_000)],
  ["addresses", "https://a.example/ ".repeat(20_000)],
  ["one long address", `https://example.org/${"(".repeat(1_000_000)}`],
  ["closing brackets", `https://example.org/${")".repeat(1_000_000)}`],
  ["full stops", `https://example.org/${".".repeat(1_000_000)}`],
  ["protocols in a row", "http://".repeat(150_000)],
  ["one word", "a".repeat(1_000_000)],
  ["blank lines", "\n".repeat(1_000_000)],
  ["blanks at the end", `a${" ".repeat(1_000_000)}b`],
])("huge input: %s", (_, text) => {
  const begin = performance.now();
  parse(text);
  expect(performance.now() - begin).toBeLessThan(5_000);
});
