/** Where somebody is in the document, as the awareness carries it: positions that hold whatever is typed around them. */
import type { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";

export interface RemoteCursor {
  clientId: number;
  person: { id: string; name: string; /** Index into the palette. */ color: number };
  file: string;
  /** Offsets into the file. */
  anchor: number;
  head: number;
}

const PALETTE_SIZE = 8;

/** What we tell of ourselves. */
export function cursorField(file: string, text: Y.Text, anchor: number, head: number) {
  const relative = (offset: number): unknown =>
    // Left of what is inserted exactly there: so our caret stays put for the others too.
    Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, offset, -1));
  return { file, anchor: relative(anchor), head: relative(head) };
}

/**
 * Everybody else's cursors. Other programs may be in the room: what is not understood, or points to text that has not
 * arrived yet, is left out.
 */
export function remoteCursors(awareness: Awareness, doc: Y.Doc): RemoteCursor[] {
  const files = doc.getMap("files");
  const cursors: RemoteCursor[] = [];
  for (const [clientId, state] of awareness.getStates()) {
    if (clientId === doc.clientID) continue;
    const { user, cursor } = state as { user?: unknown; cursor?: unknown };
    if (!isRecord(user) || !isRecord(cursor) || typeof cursor.file !== "string") continue;
    const text = files.get(cursor.file);
    const anchor = offsetOf(cursor.anchor, text, doc);
    const head = offsetOf(cursor.head, text, doc);
    if (anchor === null || head === null) continue;
    cursors.push({ clientId, person: personOf(user), file: cursor.file, anchor, head });
  }
  return cursors;
}

function personOf(user: Record<string, unknown>): RemoteCursor["person"] {
  const { id, name, color } = user;
  const known = typeof color === "number" && Number.isInteger(color) && color >= 0 && color < PALETTE_SIZE;
  return {
    id: typeof id === "string" ? id : "",
    name: typeof name === "string" ? name : "",
    color: known ? color : PALETTE_SIZE - 1,
  };
}

function offsetOf(json: unknown, text: unknown, doc: Y.Doc): number | null {
  if (!isRecord(json)) return null;
  try {
    const position = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(json), doc);
    return position && position.type === text ? position.index : null;
  } catch {
    return null; // JSON, but no position
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
