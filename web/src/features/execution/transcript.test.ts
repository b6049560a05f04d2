import { expect, test } from "vitest";

import { type Chunk, lastOf, textOf, transcriptOf } from "./transcript";

const typed = (text: string, stdoutAt: number, stderrAt = 0, ended = false) => ({ by: { id: "b", name: "Ben" }, text, ended, stdoutAt, stderrAt });

test("what was typed stands where it was typed", () => {
  const run = { stdout: "😀? hi\n", stderr: "oops", typed: [typed("one\n", 4, 2), typed("two", 7, 2, true)] };
  expect(transcriptOf(run)).toEqual<Chunk[]>([
    { kind: "stdout", text: "😀? " },
    { kind: "stderr", text: "oo" },
    { kind: "typed", text: "one\n", by: "Ben", ended: false },
    { kind: "stdout", text: "hi\n" },
    { kind: "typed", text: "two", by: "Ben", ended: true },
    { kind: "stderr", text: "ps" },
  ]);
});

test("places beyond what is there (the beginning of a long run) lose nothing", () => {
  expect(textOf(transcriptOf({ stdout: "abc", stderr: "", typed: [typed("x", 99), typed("y", 120)] }))).toBe("abcxy");
});

test("a long one is shown from its end", () => {
  const chunks = transcriptOf({ stdout: "aaaa\nbbbb\ncccc\n", stderr: "", typed: [typed("x\n", 5)] });
  expect(lastOf(chunks, 100)).toEqual({ shown: chunks, hidden: 0 });
  const { shown, hidden } = lastOf(chunks, 6);
  expect(textOf(shown)).toBe("cccc\n");
  expect(hidden).toBe(12);
});
