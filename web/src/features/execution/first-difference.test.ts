import { expect, test } from "vitest";

import { firstDifference } from "./first-difference";

test("of values the first one that differs is marked, whatever the spaces", () => {
  expect(firstDifference("[0,120, 3]", "[0, 129, 3]", true)).toEqual({
    expected: { before: "[0, ", marked: "120", after: ", 3]" },
    got: { before: "[0, ", marked: "129", after: ", 3]" },
    line: 1,
  });
});

test("spaces and commas within a text are part of it", () => {
  expect(firstDifference('["a,b"]', '["a, b"]', true)?.got.marked).toBe(' b"');
});

test("of a long one only what is near stands before it", () => {
  const long = Array.from({ length: 300 }, (_, index) => index);
  const found = firstDifference(JSON.stringify(long), JSON.stringify([...long.slice(0, 299), 7]), true);
  expect(found?.got.before).toMatch(/^….{80}$/);
  expect([found?.expected.marked, found?.got.marked]).toEqual(["299", "7"]);
});

test("of what was printed the line counts, and nothing is missed at the end", () => {
  const found = firstDifference("1\n2\n3\n", "1 \n2\n", false);
  expect([found?.line, found?.expected.marked, found?.got.marked]).toEqual([2, "\n3", ""]);
  expect(firstDifference("1\n", "1  \n\n", false)?.got.marked).toBe("  \n\n");
  expect(firstDifference("1", "1", false)).toBeNull();
});
