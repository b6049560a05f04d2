/**
 * Connects a Yjs document to its room over the standard y-websocket protocol, and knows at every moment whether what was
 * typed here is stored on the server. "Saved" is said only of what the server has acknowledged as durable.
 */
import * as awarenessProtocol from "y-protocols/awareness";
import * as Y from "yjs";

import { Link, type LinkOptions, type LinkState } from "../socket/link";
import type { Refusal } from "../socket/refusal";
import type { Outbox } from "./outbox";
import { ACK, AUTH, AWARENESS, awareness as awarenessMessage, read, STEP_1, STEP_2, SYNC, sync, UPDATE } from "./wire";

export interface DocStatus {
  state: "connecting" | "saved" | "saving" | "offline" | "refused";
  /** Why, when `state` is `refused`. */
  refusal: Refusal | null;
  /** Something typed here is not known to be stored. */
  unsaved: boolean;
  /** What is unsaved would survive a reload of this page. */
  keptHere: boolean;
  /** The document has been received: before, there is nothing to show. */
  ready: boolean;
}

interface DocProviderOptions {
  address: LinkOptions["address"];
  doc: Y.Doc;
  awareness: awarenessProtocol.Awareness;
  outbox: Outbox;
  /** To begin with (see `setReadOnly`): nothing is sent but the own cursor. */
  readOnly: boolean;
  diagnose: () => Promise<Refusal | null>;
  /** The document begins with what this browser kept of it: it can be shown before the server answers. */
  begun?: boolean;
}

/**
 * These are over for good: what was kept here could never be sent. `not_found` is not among them: a private session looks
 * missing to whoever is signed in as somebody else.
 */
export const FINAL: readonly Refusal["code"][] = ["ended", "removed", "forbidden"];

export class DocProvider {
  status: DocStatus = { state: "connecting", refusal: null, unsaved: false, keptHere: true, ready: false };
  readonly #link: Link;
  readonly #watchers = new Set<() => void>();
  /** Sync messages sent over this connection, and how many of them are durable. */
  #sent = 0;
  #acknowledged = 0;
  /** On this connection the server has been given all that it lacked; from then on changes go out one by one. */
  #handshaken = false;
  #received = false;
  /** Changed since the last moment when everything was known to be durable. */
  #dirty = false;
  #restored = false;
  #readOnly: boolean;
  /** What the server said that it has, while we might not write. */
  #asked: Uint8Array | null = null;
  #running = false;

  constructor(private readonly options: DocProviderOptions) {
    this.#readOnly = options.readOnly;
    if (options.begun) this.status = { ...this.status, state: "offline", ready: true };
    this.#link = new Link({
      address: options.address,
      onOpen: this.#opened,
      onMessage: this.#receive,
      onState: this.#linked,
      // The standard "what do you have that I lack": every server answers, nothing of the protocol is bent.
      probe: () => this.#link.send(sync(STEP_1, Y.encodeStateVector(options.doc))),
      diagnose: options.diagnose,
    });
  }

  start(): void {
    this.#running = true;
    this.options.doc.on("update", this.#changed);
    this.options.awareness.on("update", this.#moved);
    addEventListener("beforeunload", this.#leaving);
    addEventListener("pagehide", this.#hidden);
    this.#link.start();
    if (this.options.begun && !this.#restored) void this.#restore();
  }

  /** Says goodbye to the others. What is unsaved stays in the outbox. */
  stop(): void {
    this.#running = false;
    this.options.outbox.flush();
    this.options.awareness.setLocalState(null);
    this.options.doc.off("update", this.#changed);
    this.options.awareness.off("update", this.#moved);
    removeEventListener("beforeunload", this.#leaving);
    removeEventListener("pagehide", this.#hidden);
    this.#link.stop();
  }

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /**
   * Whether the reader may write has changed. Who may no longer: what is unsaved waits here, and in the outbox. Who may
   * from now on: the server asks for what we have, and so gets that too.
   */
  setReadOnly(readOnly: boolean): void {
    if (readOnly === this.#readOnly) return;
    this.#readOnly = readOnly;
    if (!readOnly) {
      this.#forgive();
      if (this.#asked) this.#answer(this.#asked);
      if (this.#received && !this.#restored) void this.#restore();
    }
    this.#settle();
  }

  /** The outbox has learnt that it can or cannot keep anything. */
  readonly outboxChanged = (): void => this.#tell();

  readonly #opened = (): void => {
    this.#sent = this.#acknowledged = 0;
    this.#handshaken = this.#received = false;
    this.#asked = null;
    this.#link.send(sync(STEP_1, Y.encodeStateVector(this.options.doc)));
    // The others were told that we had gone, with this clock; only a newer one brings our cursor back.
    const { awareness } = this.options;
    awareness.setLocalState(awareness.getLocalState());
    this.#tell();
  };

  readonly #linked = (state: LinkState): void => {
    if (state.kind === "open") return;
    this.#handshaken = this.#received = false;
    if (state.kind === "waiting") this.#forgetOthers();
    if (state.kind === "refused") {
      this.#forgetOthers();
      if (FINAL.includes(state.refusal.code)) this.options.outbox.empty();
      this.status = { ...this.status, refusal: state.refusal };
    }
    this.#tell();
  };

  readonly #receive = (data: ArrayBuffer | string): void => {
    const message = typeof data === "string" ? null : read(data);
    switch (message?.type) {
      case SYNC:
        if (message.step === STEP_1) this.#answer(message.payload);
        else this.#take(message.step, message.payload);
        break;
      case AWARENESS:
        awarenessProtocol.applyAwarenessUpdate(this.options.awareness, message.payload, this);
        break;
      case AUTH:
        this.status = { ...this.status, refusal: { code: "read_only" } };
        break;
      case ACK:
        this.#acknowledged = Math.max(this.#acknowledged, message.count);
        break;
      default:
        return;
    }
    this.#settle();
  };

  /** The server tells what it has: it gets all that it lacks, also what was typed while there was no connection. */
  #answer(state: Uint8Array): void {
    this.#asked = this.#readOnly ? state : null;
    if (this.#readOnly) return;
    this.#forgive();
    this.#handshaken = true;
    this.#push(STEP_2, Y.encodeStateAsUpdate(this.options.doc, state));
  }

  #take(step: number, update: Uint8Array): void {
    Y.applyUpdate(this.options.doc, update, this);
    if (step !== STEP_2) return;
    this.#received = true;
    if (!this.#restored) void this.#restore();
  }

  /** Once there is a document, for what was left behind builds on it: the kept one, or after the first answer. */
  async #restore(): Promise<void> {
    const { doc, outbox } = this.options;
    if (this.#readOnly) return;
    this.#restored = true;
    const updates = await outbox.left();
    if (!this.#running) return; // left meanwhile: the next page brings it
    for (const update of updates) Y.applyUpdate(doc, update, outbox);
    if (updates.length === 0) return;
    if (!this.#received) {
      // Also what is not seen here, because it builds on something that came after the copy was made.
      this.#dirty = true;
      for (const update of updates) outbox.keep(update);
      this.#tell();
    } else if (!this.#dirty) {
      outbox.empty(); // the server had them after all
    }
  }

  readonly #changed = (update: Uint8Array, origin: unknown): void => {
    if (origin === this || this.#readOnly) return;
    this.#dirty = true;
    this.options.outbox.keep(update);
    if (this.#handshaken) this.#push(UPDATE, update);
    this.#tell();
  };

  #push(step: number, update: Uint8Array): void {
    this.#sent += 1;
    this.#link.send(sync(step, update));
  }

  /** We may write again: what the server would not take was not lost. */
  #forgive(): void {
    if (this.status.refusal?.code === "read_only") this.status = { ...this.status, refusal: null };
  }

  #settle(): void {
    // Also an empty answer to "what do I lack" waits for its acknowledgement: what the server has may not be durable yet.
    if (this.#dirty && this.#handshaken && this.#received && this.#acknowledged >= this.#sent) {
      this.#dirty = false;
      this.options.outbox.empty();
    }
    this.#tell();
  }

  readonly #moved = (
    { added, updated, removed }: { added: number[]; updated: number[]; removed: number[] },
    origin: unknown,
  ): void => {
    const { awareness, doc } = this.options;
    if (origin === this || ![...added, ...updated, ...removed].includes(doc.clientID)) return;
    this.#link.send(awarenessMessage(awarenessProtocol.encodeAwarenessUpdate(awareness, [doc.clientID])));
  };

  #forgetOthers(): void {
    const { awareness, doc } = this.options;
    const others = [...awareness.getStates().keys()].filter((client) => client !== doc.clientID);
    awarenessProtocol.removeAwarenessStates(awareness, others, this);
  }

  #tell(): void {
    const { outbox } = this.options;
    const { ready } = this.status;
    const keptBack = this.#readOnly && this.#dirty && this.#received && !this.#handshaken;
    const refusal = this.status.refusal ?? (keptBack ? { code: "read_only" as const } : null);
    const synced = this.#received && (this.#readOnly || this.#handshaken);
    let state: DocStatus["state"] = "offline";
    if (refusal) state = "refused";
    else if (synced || (ready && this.#link.open)) state = this.#dirty ? "saving" : synced ? "saved" : "connecting";
    else if (!ready) state = "connecting";
    const next: DocStatus = { state, refusal, unsaved: this.#dirty, keptHere: outbox.works, ready: ready || this.#received };
    if ((Object.keys(next) as (keyof DocStatus)[]).every((key) => next[key] === this.status[key])) return;
    this.status = next;
    for (const watcher of [...this.#watchers]) watcher();
  }

  readonly #leaving = (event: BeforeUnloadEvent): void => {
    this.options.outbox.flush();
    if (this.#dirty && !this.options.outbox.works) event.preventDefault();
  };

  readonly #hidden = (): void => this.options.outbox.flush();
}
