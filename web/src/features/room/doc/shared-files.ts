/** Making, renaming and deleting files of the room. Offered only while connected: see `#lost`. */
import * as Y from "yjs";

import { freePath } from "../files/paths";

export class SharedFiles {
  /** Those made here, with what they held last: gone from the document, their text would be gone too. */
  readonly #made = new Map<string, { text: Y.Text; held: string }>();

  readonly #movers = new Set<(from: string, to: string) => void>();

  constructor(
    private readonly doc: Y.Doc,
    private readonly files: Y.Map<Y.Text>,
  ) {
    files.observeDeep((_, transaction) => this.#changed(transaction));
  }

  /** `mover` is told when a file that was made here has got another path, until what is returned is called. */
  onMoved(mover: (from: string, to: string) => void): () => void {
    this.#movers.add(mover);
    return () => this.#movers.delete(mover);
  }

  /** The path it got: another than asked for when that is taken. */
  create(path: string, content: string): string {
    const free = freePath(path, (one) => this.files.has(one));
    const held = content.replace(/\r\n?/g, "\n");
    const text = new Y.Text(held);
    this.#made.set(free, { text, held });
    this.files.set(free, text);
    return free;
  }

  /** A new file with the text of the old one: Yjs moves nothing. `along` is done in the same change. */
  rename(from: string, to: string, along: () => void): string {
    const text: unknown = this.files.get(from);
    if (!(text instanceof Y.Text)) return from;
    let free = to;
    this.doc.transact(() => {
      free = this.create(to, text.toJSON());
      this.#made.delete(from);
      this.files.delete(from);
      along();
    });
    return free;
  }

  remove(path: string): void {
    this.#made.delete(path);
    this.files.delete(path);
  }

  #changed({ local }: Y.Transaction): void {
    const lost: [string, string][] = [];
    for (const [path, made] of this.#made) {
      const now: unknown = this.files.get(path);
      if (now === made.text) made.held = made.text.toJSON();
      else if (!local && now !== undefined) lost.push([path, made.held]);
      if (now !== made.text) this.#made.delete(path);
    }
    // Not within the change that is being told of.
    if (lost.length > 0) queueMicrotask(() => this.#lost(lost));
  }

  /**
   * Two made a file of one path at the same moment, and the document keeps the other's: ours gets another name. (Who is
   * away for long might not be there to do it: that is why files are made only while connected.)
   */
  #lost(lost: readonly [string, string][]): void {
    for (const [path, held] of lost) {
      const to = this.create(path, held);
      for (const mover of [...this.#movers]) mover(path, to);
    }
  }
}
