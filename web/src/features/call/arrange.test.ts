import { expect, test } from "vitest";

import { arrange, GAP } from "./arrange";

test.each([
  [2, 320, 240, 2], // a low panel: side by side
  [2, 320, 700, 1], // a tall one: below each other
  [4, 800, 600, 2],
  [4, 1600, 200, 4],
  [1, 390, 500, 1],
])("%i pictures in %i×%i stand in %i columns", (pictures, width, height, columns) => {
  const found = arrange(pictures, width, height);
  expect(found.columns).toBe(columns);
  const rows = Math.ceil(pictures / columns);
  expect(found.width * columns + GAP * (columns - 1)).toBeLessThanOrEqual(width);
  expect(found.height * rows + GAP * (rows - 1)).toBeLessThanOrEqual(height);
});

test("no room, no picture", () => {
  expect(arrange(2, 0, 0).width).toBe(0);
});
