/** Tells the others where we are in the document, whatever editor that is. */
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";

import { cursorField } from "./cursor-state";

/** A caret that jumps 20 times a second looks smooth; more would only cost. */
const INTERVAL_MS = 50;

/** Offsets into the file. */
export interface Place {
  file: string;
  text: Y.Text;
  anchor: number;
  head: number;
}

export class CursorTeller {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #toldAt = 0;
  /** Who has only come in and not touched the editor is nowhere in it. */
  #here = false;

  constructor(
    private readonly awareness: Awareness,
    private readonly place: () => Place | null,
  ) {}

  /** The editor has the focus. */
  enter(): void {
    this.#here = true;
    this.tell();
  }

  readonly tell = (): void => {
    // Usually at once, right behind the change that moved the caret: the others see both together.
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        this.#toldAt = performance.now();
        this.#tellNow();
      },
      Math.max(0, this.#toldAt + INTERVAL_MS - performance.now()),
    );
  };

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #tellNow(): void {
    const place = this.#here ? this.place() : null;
    if (!place) return;
    const { file, text, anchor, head } = place;
    this.awareness.setLocalStateField("cursor", cursorField(file, text, anchor, head));
  }
}
