/** Where the others point on the board, by the awareness: its field `board`. Gone with the board's page or tab. */
import type { Awareness } from "y-protocols/awareness";

/** As for carets. */
const INTERVAL_MS = 50;
/** More would be a wall of frames, and a message that the server refuses. */
const MOST_SELECTED = 50;

export interface Pointer {
  x: number;
  y: number;
  /** Ids of elements. */
  selected: readonly string[];
}

export interface Pointing extends Pointer {
  clientId: number;
  person: { id: string; name: string };
}

export class OwnPointer {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #next: Pointer | null = null;
  #toldAt = 0;

  constructor(private readonly awareness: Awareness) {}

  tell(pointer: Pointer): void {
    this.#next = { ...pointer, selected: pointer.selected.slice(0, MOST_SELECTED) };
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        this.#toldAt = performance.now();
        this.awareness.setLocalStateField("board", this.#next);
      },
      Math.max(0, this.#toldAt + INTERVAL_MS - performance.now()),
    );
  }

  /** Away from the board. */
  leave(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.awareness.getLocalState()?.board) this.awareness.setLocalStateField("board", null);
  }
}

/** Everybody else's; what is none is passed over: it may be anybody's program's. */
export function pointers(awareness: Awareness): Pointing[] {
  const found: Pointing[] = [];
  for (const [clientId, state] of awareness.getStates()) {
    const { user, board } = state as { user?: unknown; board?: unknown };
    if (clientId === awareness.clientID || !isRecord(user) || !isRecord(board)) continue;
    const { x, y, selected } = board;
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    found.push({
      clientId,
      person: { id: textOf(user.id), name: textOf(user.name) },
      x: x as number,
      y: y as number,
      selected: (Array.isArray(selected) ? selected : []).filter((id) => typeof id === "string").slice(0, MOST_SELECTED),
    });
  }
  return found;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
