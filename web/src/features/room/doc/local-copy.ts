/**
 * Keeps this browser's copy of the room true: the whole document, always as the server has it. What it does not have yet
 * is the outbox's, so that a change which the server will not take is never in the copy.
 */
import * as Y from "yjs";

import { forgetRoom, keepRoom, keepsRooms, watchKeepsRooms } from "@/lib/kept-rooms";

import { asKept } from "../events/kept";
import type { RoomSnapshot } from "../events/reducer";
import { type DocProvider, FINAL } from "./doc-provider";

/** A change waits for others: fast typing does not write the whole document with every letter. */
const PATIENCE_MS = 1_000;

export class LocalCopy {
  #around: RoomSnapshot | null = null;
  #stale = true;
  #over = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<unknown> = Promise.resolve();
  #stop: (() => void)[] = [];

  constructor(
    private readonly session: string,
    private readonly person: string,
    private readonly doc: Y.Doc,
    private readonly provider: DocProvider,
  ) {}

  start(): void {
    const { doc } = this;
    doc.on("update", this.#changed);
    this.#stop = [
      () => doc.off("update", this.#changed),
      this.provider.watch(this.#look),
      watchKeepsRooms(this.#changed), // switched on again: there is nothing of this room yet
    ];
    this.#look();
  }

  /** The room around the document, as it is shown now. */
  see(room: RoomSnapshot): void {
    const before = this.#around;
    this.#around = room;
    if (room.status === "ended") this.drop();
    else if (room.messages !== before?.messages || room.session !== before.session) this.#changed();
  }

  /** Without a last write: who leaves may have been made to, and the server has all that it would say. */
  stop(): void {
    for (const stop of this.#stop) stop();
    this.#stop = [];
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** The page goes away, maybe for good. */
  readonly flush = (): void => {
    if (this.#timer !== undefined) this.#write();
  };

  /** It must not come back: the session is over, or what is in the document is given up. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#over) return;
    this.#over = true;
    this.#writing = this.#writing.then(() => forgetRoom(this.session, this.person));
  }

  readonly #changed = (): void => {
    this.#stale = true;
    this.#look();
  };

  readonly #look = (): void => {
    const { state, refusal } = this.provider.status;
    if (this.#over) return;
    if (refusal && FINAL.includes(refusal.code)) this.drop();
    else if (state === "saved" && this.#stale) this.#timer ??= setTimeout(() => this.#write(), PATIENCE_MS);
  };

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // Something was typed meanwhile: when that is stored, it is looked at again.
    if (this.provider.status.state !== "saved" || !this.#around || !keepsRooms()) return;
    this.#stale = false;
    const { session, person } = this;
    const kept = { session, person, at: Date.now(), state: Y.encodeStateAsUpdate(this.doc), room: asKept(this.#around) };
    this.#writing = this.#writing.then(() => keepRoom(kept));
  }
}
