import { describe, expect, test } from "vitest";

import { plainText, tail } from "./terminal-text";

describe("what a program printed", () => {
  test.each([
    ["colours", "\u001b[31mred\u001b[0m and \u001b[1;38;5;200mpink\u001b[m", "red and pink"],
    ["cursor moves", "a\u001b[2K\u001b[1;1Hb", "ab"],
    ["a window title", "\u001b]0;gotcha\u0007text", "text"],
    ["bells, backspaces, nulls", "a\u0007b\u0008c\u0000d", "abcd"],
    ["tabs and lines stay", "a\tb\nc", "a\tb\nc"],
    ["line ends of Windows", "a\r\nb\r\n", "a\nb\n"],
    ["a progress bar shows its last state", "10%\r50%\r100%\ndone", "100%\ndone"],
    ["a line that may still be overwritten", "10%\r", "10%"],
    ["markup stays text", "<b>&amp;</b>", "<b>&amp;</b>"],
  ])("%s", (_, output, text) => {
    expect(plainText(output)).toBe(text);
  });
});

describe("of a long output", () => {
  test("the end is shown, from the beginning of a line", () => {
    expect(tail("first\nsecond\nthird\n", 12)).toEqual({ text: "third\n", hidden: 13 });
  });

  test("also when it is one line", () => {
    expect(tail("abcdefghij", 4)).toEqual({ text: "ghij", hidden: 6 });
  });

  test("nothing is hidden that fits", () => {
    expect(tail("short", 5)).toEqual({ text: "short", hidden: 0 });
  });
});
