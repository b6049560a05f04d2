/** Plain arithmetic of text changes: no Yjs, no Monaco. Offsets count UTF-16 units, as both of them do. */

/** Replaces `from`…`to` of the text before all edits of its list by `text`. Lists are ascending and do not overlap. */
export interface TextEdit {
  from: number;
  to: number;
  text: string;
}

interface DeltaPart {
  retain?: number | undefined;
  delete?: number | undefined;
  insert?: unknown;
}

/** A Yjs delta as edits; parts that touch become one. */
export function editsOf(delta: readonly DeltaPart[]): TextEdit[] {
  const edits: TextEdit[] = [];
  let index = 0;
  let touching: TextEdit | undefined;
  for (const part of delta) {
    if (part.retain !== undefined) {
      index += part.retain;
      touching = undefined;
      continue;
    }
    if (!touching) edits.push((touching = { from: index, to: index, text: "" }));
    if (typeof part.insert === "string") touching.text += part.insert;
    index += part.delete ?? 0;
    touching.to = index;
  }
  return edits;
}

/**
 * Where `offset` is after `edits`. What is inserted exactly there comes after it (`"before"`) or before it (`"after"`).
 */
export function moved(offset: number, edits: readonly TextEdit[], side: "before" | "after"): number {
  let shift = 0;
  for (const { from, to, text } of edits) {
    if (offset < from || (offset === from && (from < to || side === "before"))) break;
    if (offset < to) return from + shift + Math.min(offset - from, text.length);
    shift += text.length - (to - from);
  }
  return offset + shift;
}

/** Whether `at` is in the middle of a character of two units. Yjs makes two replacement characters of one that is cut there. */
export const splitsPair = (text: string, at: number): boolean =>
  at > 0 && at < text.length && /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(at - 1, at + 1));

/** The one edit that makes `after` of `before`, as small as it can be; null when they are the same. */
export function difference(before: string, after: string): TextEdit | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  if (splitsPair(before, start) || splitsPair(after, start)) start -= 1;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  if (splitsPair(before, before.length - end) || splitsPair(after, after.length - end)) end -= 1;
  return { from: start, to: before.length - end, text: after.slice(start, after.length - end) };
}
