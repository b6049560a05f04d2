import { expect, test } from "vitest";

import { ago, bytes, duration, runTime } from "./format";

const NOW = Date.parse("2026-11-23T12:00:00Z");
const before = (ms: number) => new Date(NOW - ms).toISOString();

test.each([
  [20_000, "just now"],
  [3 * 60_000, "3 minutes ago"],
  [60 * 60_000, "1 hour ago"],
  [26 * 3_600_000, "yesterday"],
  [3 * 86_400_000, "3 days ago"],
  [30 * 86_400_000, "Oct 24, 2026"],
])("%d ms ago is %s", (ms, words) => {
  expect(ago(before(ms), NOW)).toBe(words);
});

test.each([
  [10_000, "less than a minute"],
  [42 * 60_000, "42 min"],
  [60 * 60_000, "1 h"],
  [65 * 60_000, "1 h 5 min"],
])("%d ms lasts %s", (ms, words) => {
  expect(duration(ms)).toBe(words);
});

test.each([
  [37.6, "38 ms"],
  [1240, "1.24 s"],
])("a program of %d ms took %s", (ms, words) => {
  expect(runTime(ms)).toBe(words);
});

test.each([
  [1, "1 byte"],
  [999, "999 bytes"],
  [12_300, "12.3 kB"],
  [5_000_000, "5 MB"],
])("%d bytes are %s", (count, words) => {
  expect(bytes(count)).toBe(words);
});
