import { expect, test } from "vitest";

import { byDay, daysAgo } from "./grouping";

const said = (id: string, personId: string, at: Date) => ({ id, personId, name: personId, createdAt: at.toISOString() });
const ids = (days: ReturnType<typeof byDay>): string[][][] => days.map((d) => d.groups.map((g) => g.messages.map((m) => m.id)));

test("one person in one go is one group; another person, a silence or midnight begins a new one", () => {
  const days = byDay([
    said("1", "ada", new Date(2026, 10, 22, 23, 58)),
    said("2", "ada", new Date(2026, 10, 22, 23, 59)),
    said("3", "ada", new Date(2026, 10, 23, 0, 1)),
    said("4", "ben", new Date(2026, 10, 23, 0, 2)),
    said("5", "ben", new Date(2026, 10, 23, 0, 8)),
    said("6", "ben", new Date(2026, 10, 23, 0, 9)),
  ]);
  expect(ids(days)).toEqual([[["1", "2"]], [["3"], ["4"], ["5", "6"]]]);
});

test("days are the reader's own", () => {
  const [day] = byDay([said("1", "ada", new Date(2026, 10, 22, 23, 58))]);
  expect(daysAgo(day!.start, new Date(2026, 10, 22, 1))).toBe(0);
  expect(daysAgo(day!.start, new Date(2026, 10, 23, 1))).toBe(1);
  expect(daysAgo(day!.start, new Date(2026, 11, 22, 23))).toBe(30);
});

test("nothing said", () => {
  expect(byDay([])).toEqual([]);
});
