import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { AGAIN_MS, IDLE_MS, Typing } from "./typing";

let told: boolean[];
let typing: Typing;
beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  typing = new Typing((is) => told.push(is));
});
afterEach(() => {
  vi.useRealTimers();
});

test("is told when it begins and, while it goes on, before the others forget it", () => {
  for (let at = 0; at <= AGAIN_MS; at += 500) {
    typing.changed("abc");
    vi.advanceTimersByTime(500);
  }
  expect(told).toEqual([true, true]);
});

test("ends when the fingers rest, once", () => {
  typing.changed("a");
  vi.advanceTimersByTime(IDLE_MS + 1);
  typing.stop();
  expect(told).toEqual([true, false]);
});

test("ends with the last letter, and on sending", () => {
  typing.changed("a");
  typing.changed("  ");
  typing.changed("b");
  typing.stop();
  expect(told).toEqual([true, false, true, false]);
});

test("an empty field is nothing to tell of", () => {
  typing.changed("");
  typing.stop();
  expect(told).toEqual([]);
});
