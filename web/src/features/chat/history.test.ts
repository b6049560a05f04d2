import { expect, test } from "vitest";

import { untouched } from "@/lib/testing/samples";

import type { ChatMessage } from "./api";
import { beforeOf, joined, withChange } from "./history";

const some = (...seqs: number[]): ChatMessage[] =>
  seqs.map((seq) => ({ id: `m${seq}`, seq, personId: "p", name: "P", text: "", createdAt: "2026-11-23T10:00:00Z", ...untouched }));
const seqs = (messages: readonly ChatMessage[]): number[] => messages.map(({ seq }) => seq);

test("older pages join the room's messages, once each", () => {
  expect(seqs(joined(some(1, 2, 3, 4), some(4, 5)))).toEqual([1, 2, 3, 4, 5]);
});

test("pages that do not join (messages between are missing) are left out", () => {
  expect(seqs(joined(some(1, 2), some(9, 10)))).toEqual([9, 10]);
  expect(beforeOf(joined(some(1, 2), some(9, 10)))).toBe(9);
});

test("what was stored shows before the room hears of it, and once after", () => {
  expect(seqs(joined([], some(1, 2), some(4, 3)))).toEqual([1, 2, 3, 4]);
  expect(seqs(joined([], some(1, 2, 3), some(3)))).toEqual([1, 2, 3]);
  expect(seqs(joined([], [], some(1)))).toEqual([1]);
});

test("numbers begin at 1: nothing is before that", () => {
  expect(beforeOf(some(1, 2))).toBeNull();
  expect(beforeOf([])).toBeNull();
});

test("of several accounts of a message the newest holds, whichever list it is in", () => {
  const [first, second] = some(1, 2) as [ChatMessage, ChatMessage];
  const edited = { ...first, text: "edited", rev: 2 };
  expect(joined([], [first, second], [edited])[0]).toBe(edited);
  expect(joined([first], [second], [edited])[0]).toBe(edited);
  expect(joined([edited], [second], [first])[0]).toBe(edited);
  expect(withChange([first, second], edited)).toEqual([edited, second]);
  const now = [edited, second];
  expect(withChange(now, { ...first, rev: 1 })).toBe(now);
});
