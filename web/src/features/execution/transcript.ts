/** What a run printed and what was typed to it, in the order in which it happened. Pure. */
import type { Run } from "./model";
import { plainText, SHOWN_CHARS, tail } from "./terminal-text";

export type Chunk = { kind: "stdout" | "stderr"; text: string } | { kind: "typed"; text: string; by: string; ended: boolean };

type Printed = Pick<Run, "stdout" | "stderr" | "typed">;

/** Between two typings the order of the streams is not known: output first, then errors. */
export function transcriptOf({ stdout, stderr, typed }: Printed): Chunk[] {
  const chunks: Chunk[] = [];
  let out = 0;
  let err = 0;
  const print = (outTo: number, errTo: number) => {
    const parts = [["stdout", stdout.slice(out, outTo)] as const, ["stderr", stderr.slice(err, errTo)] as const];
    for (const [kind, text] of parts) if (text) chunks.push({ kind, text: plainText(text) });
    out = Math.max(out, outTo);
    err = Math.max(err, errTo);
  };
  for (const { by, text, ended, stdoutAt, stderrAt } of typed) {
    print(stdoutAt, stderrAt);
    chunks.push({ kind: "typed", text: plainText(text), by: by.name, ended });
  }
  print(Infinity, Infinity);
  return chunks;
}

/** The end of a long one, and how many characters were left out before it. */
export function lastOf(chunks: readonly Chunk[], limit = SHOWN_CHARS): { shown: Chunk[]; hidden: number } {
  const shown: Chunk[] = [];
  let left = limit;
  let hidden = 0;
  for (const chunk of chunks.toReversed()) {
    const kept = left > 0 ? tail(chunk.text, left) : { text: "", hidden: chunk.text.length };
    left -= chunk.text.length;
    hidden += kept.hidden;
    if (kept.text || kept.hidden === 0) shown.unshift({ ...chunk, text: kept.text });
  }
  return { shown, hidden };
}

/** All of it as text, to be copied. */
export const textOf = (chunks: readonly Chunk[]): string => chunks.map(({ text }) => text).join("");
