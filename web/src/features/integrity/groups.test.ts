import { expect, test } from "vitest";

import type { Activity } from "@/features/room/events/room-context";

import { grouped } from "./groups";

type Act = Activity["act"];
const START = Date.UTC(2026, 10, 23, 10);
let seq = 0;
const noted = (seconds: number, act: Act, personId = "ben"): Activity => ({ seq: ++seq, personId, at: new Date(START + seconds * 1000).toISOString(), act });
const paste = (chars: number, from: "outside" | "room" = "outside", path = "solution.py"): Act => ({ kind: "paste", chars, lines: 2, from, path });
const away: Act = { kind: "focus", away: true, ms: 0 };
const back = (ms: number): Act => ({ kind: "focus", away: false, ms });
const copy: Act = { kind: "copy", what: "statement", chars: 10 };

const told = (entries: Activity[]) => grouped(entries).map(({ kind, count, personId }) => `${personId} ${kind} ${count}`);

test("the same within a minute of the last is one, with its sizes together", () => {
  const groups = grouped([noted(0, paste(5)), noted(50, paste(7)), noted(100, paste(1)), noted(161, paste(2))]);
  expect(groups).toMatchObject([
    { kind: "paste", count: 3, chars: 13, lines: 6 },
    { kind: "paste", count: 1, chars: 2 },
  ]);
});

test("what differs in person, place or file stays apart", () => {
  expect(told([noted(0, paste(1)), noted(1, paste(1, "room")), noted(2, paste(1, "outside", "b.py")), noted(3, paste(1), "cleo"), noted(4, paste(1))])).toEqual([
    "ben paste 2",
    "ben paste 1",
    "ben paste 1",
    "cleo paste 1",
  ]);
});

test("leaving and coming back are one, however long it took", () => {
  expect(grouped([noted(0, away), noted(600, back(600_000))])).toMatchObject([{ kind: "away", count: 1, ms: 600_000, away: false }]);
  expect(grouped([noted(0, away)])).toMatchObject([{ away: true, ms: 0 }]);
  const often = [noted(0, away), noted(5, back(5_000)), noted(30, away), noted(40, back(10_000)), noted(200, away)];
  expect(grouped(often)).toMatchObject([{ count: 2, ms: 15_000, away: false }, { count: 1, away: true }]);
});

test("coming back without having left (it was not noted: the connection was down) says nothing", () => {
  expect(grouped([noted(0, back(3_000))])).toEqual([]);
  expect(told([noted(0, away, "cleo"), noted(1, back(3_000))])).toEqual(["cleo away 1"]);
});

test("a paste right after coming back is told as that", () => {
  const groups = grouped([noted(0, away), noted(90, back(90_000)), noted(100, paste(1)), noted(400, paste(1))]);
  expect(groups.map((group) => group.kind === "paste" && group.afterReturn)).toEqual([false, true, false]);
  expect(grouped([noted(0, away, "cleo"), noted(1, back(1), "cleo"), noted(2, paste(1))])[1]).toMatchObject({ afterReturn: false });
});

test("copies of the statement", () => {
  expect(grouped([noted(0, copy), noted(10, copy)])).toMatchObject([{ kind: "copy", count: 2, chars: 20 }]);
});
