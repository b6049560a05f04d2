/** What only those who interview share, and its connection: a second document beside the room's (decision 12). */
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";

import { DocProvider } from "../doc/doc-provider";
import { StoredOutbox } from "../doc/outbox";
import { outboxName } from "../doc/room-document";
import type { Me } from "../events/types";
import { socketAddress } from "../socket/address";
import { diagnose } from "../socket/diagnose";
import { SharedNotes } from "./shared-notes";

export class StaffDocument {
  readonly notes: SharedNotes;
  readonly provider: DocProvider;
  readonly #doc = new Y.Doc();
  readonly #awareness = new Awareness(this.#doc);
  readonly #outbox: StoredOutbox;
  #ending: ReturnType<typeof setTimeout> | undefined;

  constructor(
    sessionId: string,
    private readonly me: Pick<Me, "id" | "name" | "color">,
  ) {
    this.#outbox = new StoredOutbox(staffOutboxName(sessionId, me.id), () => this.provider.outboxChanged());
    this.provider = new DocProvider({
      address: () => socketAddress(`/api/sessions/${encodeURIComponent(sessionId)}/staff?acks=1`),
      doc: this.#doc,
      awareness: this.#awareness,
      outbox: this.#outbox,
      readOnly: false,
      diagnose: () => diagnose(sessionId, me.id),
    });
    this.notes = new SharedNotes(this.#doc, me.id);
  }

  start(): void {
    clearTimeout(this.#ending);
    const { id, name, color } = this.me;
    this.#awareness.setLocalState({ user: { id, name, color } });
    this.provider.start();
  }

  /** For good, unless it is started again at once: React may take a component down and put it up again. */
  stop(): void {
    this.provider.stop();
    this.#ending = setTimeout(() => {
      this.#doc.destroy();
      void this.#outbox.close();
    }, 0);
  }
}

/** Where one person's unsaved notes of one session are kept. */
export const staffOutboxName = (sessionId: string, personId: string): string => `${outboxName(sessionId, personId)} staff`;
