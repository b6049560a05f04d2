/** Where two texts differ first, so that it can be marked in both: nobody compares 300 numbers by eye. */

/** A text in three parts; what is `before` and far away is left out. */
export interface Marked {
  before: string;
  marked: string;
  after: string;
}

/** So much before the difference is shown: it says where one is. */
const CONTEXT_CHARS = 80;

const inWord = (character: string | undefined): boolean => character !== undefined && !/[\s,[\]{}]/.test(character);

/** Null when there is nothing to mark. `values`: the texts are JSON, in which spaces say nothing. */
export function firstDifference(expected: string, got: string, values: boolean): { expected: Marked; got: Marked; line: number } | null {
  const plain = values ? spaced : withoutLineEnds;
  let [left, right] = [plain(expected), plain(got)];
  if (left === right) [left, right] = [expected, got]; // then it is white space that matters
  if (left === right) return null;
  let at = 0;
  while (at < left.length && left[at] === right[at]) at += 1;
  const within = inWord(left[at]) || inWord(right[at]);
  while (within && at > 0 && inWord(left[at - 1])) at -= 1; // a whole word is marked, not its last digit
  return { expected: markedAt(left, at), got: markedAt(right, at), line: left.slice(0, at).split("\n").length };
}

function markedAt(text: string, at: number): Marked {
  let end = at;
  while (/\s/.test(text[end] ?? "")) end += 1; // by itself it would not be seen
  while (inWord(text[end])) end += 1;
  if (end === at) end = Math.min(at + 1, text.length);
  const from = at > 2 * CONTEXT_CHARS ? at - CONTEXT_CHARS : 0;
  return { before: (from > 0 ? "…" : "") + text.slice(from, at), marked: text.slice(at, end), after: text.slice(end) };
}

/** As our server writes JSON: a space after each comma, no other. */
const spaced = (json: string): string =>
  json.replaceAll(/"(?:[^"\\]|\\.)*"|\s+|,/g, (part) => (part === "," ? ", " : part.startsWith('"') ? part : ""));

const withoutLineEnds = (text: string): string => text.replaceAll(/[ \t]+$/gm, "").trimEnd();
