/** What is in a shared text that no editor can hold: carriage returns and embedded objects, which only other programs write. */
import type * as Y from "yjs";

export const isForeign = (insert: unknown): boolean =>
  insert !== undefined && (typeof insert !== "string" || insert.includes("\r"));

/** As editors show it. */
export const plain = (text: Y.Text): string => text.toJSON().replaceAll("\r", "");

function foreignPlaces(text: Y.Text): number[] {
  let index = 0;
  const places: number[] = [];
  for (const { insert } of text.toDelta() as { insert: unknown }[]) {
    if (typeof insert !== "string") places.push(index);
    else for (const match of insert.matchAll(/\r/g)) places.push(index + match.index);
    index += typeof insert === "string" ? insert.length : 1;
  }
  return places;
}

/**
 * Takes it out where we may. Deleting is all that may be done: two that replace the same thing at once would insert twice.
 * True: something is left that the editor cannot show.
 */
export function clean(text: Y.Text, writable: boolean, transact: (change: () => void) => void): boolean {
  const places = foreignPlaces(text);
  if (places.length === 0) return false;
  if (!writable) return true;
  transact(() => {
    for (const place of places.reverse()) text.delete(place, 1);
  });
  return false;
}
