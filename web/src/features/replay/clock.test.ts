import { expect, test } from "vitest";

import { Clock, IDLE_MS, partition, SHORT_MS, stamp } from "./clock";
import { random } from "./testing";

test("what nobody did anything in takes a second to watch", () => {
  const clock = new Clock([0, 1000, 61_000, 62_000, 62_000 + IDLE_MS, 100_000], true);
  expect(clock.length).toBe(1000 + SHORT_MS + 1000 + IDLE_MS + SHORT_MS);
  expect(clock.watched(1000)).toBe(1000);
  expect(clock.watched(31_000)).toBe(1500);
  expect(clock.watched(61_000)).toBe(2000);
  expect(clock.watched(64_000)).toBe(5000);
  expect(clock.session(1500)).toBe(31_000);
  expect(clock.session(clock.length)).toBe(100_000);
});

test("without skipping a minute is a minute", () => {
  const clock = new Clock([0, 60_000, 200_000], false);
  expect([clock.length, clock.watched(45_678), clock.session(45_678)]).toEqual([200_000, 45_678, 45_678]);
});

test.each([1, 2, 3, 4])("there and back again it is the same moment, and later stays later (%i)", (seed) => {
  const number = random(seed);
  const times = [0];
  for (let count = 0; count < 80; count++) times.push(times.at(-1)! + Math.floor(number() ** 4 * 60_000));
  const clock = new Clock(times, true);
  const end = times.at(-1)!;
  const moments = Array.from({ length: 200 }, () => number() * end).sort((a, b) => a - b);
  const watched = [...times, ...moments].sort((a, b) => a - b).map((at) => {
    expect(clock.session(clock.watched(at))).toBeCloseTo(at, 5);
    return clock.watched(at);
  });
  expect(watched).toEqual(watched.toSorted((a, b) => a - b));
  expect(watched.at(-1)).toBeCloseTo(clock.length, 5);
});

test("the first that is too late is found", () => {
  expect([0, 1, 2, 3, 9].map((limit) => partition([1, 2, 2, 3], (one) => one <= limit))).toEqual([0, 1, 3, 4, 4]);
});

test("times are said as players say them", () => {
  expect([0, 999, 61_000, 3_600_000, 37_230_000].map(stamp)).toEqual(["0:00", "0:00", "1:01", "1:00:00", "10:20:30"]);
});
