import { describe, expect, test } from "vitest";

import { difference, editsOf, moved } from "./text-edits";

test("a delta becomes edits in the offsets of the text before it", () => {
  expect(editsOf([{ retain: 2 }, { insert: "ab" }, { retain: 3 }, { delete: 4 }, { insert: "c" }])).toEqual([
    { from: 2, to: 2, text: "ab" },
    { from: 5, to: 9, text: "c" },
  ]);
});

describe("an offset moves", () => {
  test.each([
    ["stays for what comes after", 1, [{ from: 2, to: 2, text: "xx" }], 1, 1],
    ["along with what comes before", 5, [{ from: 2, to: 4, text: "x" }], 4, 4],
    ["on one side of what is inserted exactly there", 2, [{ from: 2, to: 2, text: "xx" }], 2, 4],
    ["to the place of what was removed around it", 3, [{ from: 1, to: 5, text: "" }], 1, 1],
    ["after a replacement that ends there", 4, [{ from: 2, to: 4, text: "xyz" }], 5, 5],
    ["not for a replacement that begins there", 2, [{ from: 2, to: 4, text: "xyz" }], 2, 2],
    ["by all of them", 9, [{ from: 0, to: 0, text: "a" }, { from: 3, to: 5, text: "" }], 8, 8],
  ])("%s", (_, offset, edits, before, after) => {
    expect(moved(offset, edits, "before")).toBe(before);
    expect(moved(offset, edits, "after")).toBe(after);
  });
});

describe("the difference", () => {
  test("of the same text is none", () => {
    expect(difference("abc", "abc")).toBeNull();
  });

  test.each([
    ["abcdef", "abXdef"],
    ["aaa", "aaaa"],
    ["aaaa", "aaa"],
    ["", "x"],
    ["x", ""],
    ["say 😀 now", "say 😁 now"],
    ["😀", "😀😀"],
    ["a😀", "a🙀"],
  ])("makes %j into %j and cuts no character in two", (before, after) => {
    const edit = difference(before, after)!;
    expect(before.slice(0, edit.from) + edit.text + before.slice(edit.to)).toBe(after);
    expect(edit.text.isWellFormed()).toBe(true);
    expect(before.slice(edit.from, edit.to).isWellFormed()).toBe(true);
  });
});
