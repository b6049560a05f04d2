/** A Yjs document at any moment of its history: the updates of the log, and a copy of the whole from time to time. */
import * as Y from "yjs";

/** Going back applies so many updates at most: about 30 ms. A copy of what 100,000 keystrokes made is 0.4 MB. */
export const CHECKPOINT_EVERY = 2000;

export class DocumentTrack {
  /** How many updates Yjs did not take. What they were to change is missing; the rest is there. */
  refused = 0;
  #doc: Y.Doc;
  #count = 0;
  /** The document after `CHECKPOINT_EVERY` updates, twice as many, … */
  readonly #checkpoints: Uint8Array[] = [];

  constructor(
    private readonly updates: readonly Uint8Array[],
    /** Called with each document that is begun, before anything is in it, and told when it has caught up. */
    private readonly watch: (doc: Y.Doc) => (() => void) | undefined = () => undefined,
  ) {
    this.#doc = this.#begin();
  }

  /** Applies all updates once, in order; after each it yields how many there are in the document. Call it first. */
  *prepare(): Generator<number, void> {
    this.refused = 0;
    while (this.#count < this.updates.length) {
      this.#apply();
      if (this.#count % CHECKPOINT_EVERY === 0) this.#checkpoints.push(Y.encodeStateAsUpdate(this.#doc));
      yield this.#count;
    }
  }

  /**
   * The document after the first `count` updates, to be read only; good until the next call. `beforeLast` is called
   * before the last of them is applied; not when it has been already.
   */
  at(count: number, beforeLast?: () => void): Y.Doc {
    const checkpoint = Math.min(Math.max(Math.ceil(count / CHECKPOINT_EVERY) - 1, 0), this.#checkpoints.length);
    if (count < this.#count || checkpoint * CHECKPOINT_EVERY > this.#count) this.#restore(checkpoint);
    while (this.#count < count - 1) this.#apply();
    if (this.#count < count) {
      beforeLast?.();
      this.#apply();
    }
    return this.#doc;
  }

  #restore(checkpoint: number): void {
    this.#doc.destroy();
    this.#doc = this.#begin(this.#checkpoints[checkpoint - 1]);
    this.#count = checkpoint * CHECKPOINT_EVERY;
  }

  #begin(state?: Uint8Array): Y.Doc {
    const doc = new Y.Doc();
    const caughtUp = this.watch(doc);
    if (state) Y.applyUpdate(doc, state);
    caughtUp?.();
    return doc;
  }

  #apply(): void {
    const update = this.updates[this.#count++];
    if (!update) return;
    try {
      Y.applyUpdate(this.#doc, update);
    } catch {
      this.refused++;
    }
  }
}
