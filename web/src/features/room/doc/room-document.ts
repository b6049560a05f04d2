/** The shared document of one room and its connection, as long as somebody is in the room. */
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";

import type { Me } from "../events/types";
import { socketAddress } from "../socket/address";
import { diagnose } from "../socket/diagnose";
import { DocProvider } from "./doc-provider";
import { StoredOutbox } from "./outbox";
import { SharedCases } from "./shared-cases";

/** What is shown to everybody, and the files there are. */
export interface DocumentView {
  /** Language id. */
  language: string | null;
  /** Path. */
  activeFile: string | null;
  paths: readonly string[];
}

const NOTHING: DocumentView = { language: null, activeFile: null, paths: [] };

export class RoomDocument {
  readonly doc = new Y.Doc();
  readonly files = this.doc.getMap<Y.Text>("files");
  readonly cases: SharedCases;
  readonly awareness = new Awareness(this.doc);
  readonly provider: DocProvider;
  view = NOTHING;
  readonly #room = this.doc.getMap("room");
  readonly #outbox: StoredOutbox;
  readonly #me: Pick<Me, "id" | "name" | "color">;
  #canEdit: boolean;
  readonly #watchers = new Set<() => void>();
  #ending: ReturnType<typeof setTimeout> | undefined;

  constructor(sessionId: string, me: Pick<Me, "id" | "name" | "color">, canEdit: boolean) {
    this.#me = me;
    this.#canEdit = canEdit;
    this.#outbox = new StoredOutbox(outboxName(sessionId, me.id), () => this.provider.outboxChanged());
    this.provider = new DocProvider({
      address: () => socketAddress(`/api/sessions/${encodeURIComponent(sessionId)}/doc?acks=1`),
      doc: this.doc,
      awareness: this.awareness,
      outbox: this.#outbox,
      readOnly: !canEdit,
      diagnose: () => diagnose(sessionId, me.id),
    });
    this.cases = new SharedCases(this.doc, me.id);
    this.files.observe(() => this.#look());
    this.#room.observe(() => this.#look());
  }

  /** Changes with the person's role and the lock; watched like everything else here. */
  get canEdit(): boolean {
    return this.#canEdit;
  }

  setCanEdit(canEdit: boolean): void {
    if (canEdit === this.#canEdit) return;
    this.#canEdit = canEdit;
    this.provider.setReadOnly(!canEdit);
    this.#tell();
  }

  start(): void {
    clearTimeout(this.#ending);
    const { id, name, color } = this.#me;
    this.awareness.setLocalState({ user: { id, name, color } });
    this.provider.start();
  }

  /** For good, unless it is started again at once: React may take a component down and put it up again. */
  stop(): void {
    this.provider.stop();
    this.#ending = setTimeout(() => {
      this.doc.destroy(); // and with it the awareness, which looks after itself with an interval
      void this.#outbox.close();
    }, 0);
  }

  /** Gives up what the server would not take, and begins again from what it has. */
  discard(): void {
    this.#outbox.empty();
    location.reload();
  }

  text(path: string): Y.Text | null {
    const text: unknown = this.files.get(path);
    return text instanceof Y.Text ? text : null;
  }

  /** For everybody. Only says what is shown: every file keeps its text, whoever switches at the same moment. */
  show(language: string, path: string): void {
    if (!this.canEdit) return;
    this.doc.transact(() => {
      this.#room.set("language", language);
      this.#room.set("activeFile", path);
    });
  }

  /** Who set what is shown, if they are still here. */
  shownBy(): { id: string; name: string } | null {
    const client = this.#room._map.get("language")?.id.client;
    if (client === this.doc.clientID) return { id: this.#me.id, name: this.#me.name };
    const { user } = (this.awareness.getStates().get(client ?? -1) ?? {}) as { user?: { id?: unknown; name?: unknown } };
    return typeof user?.id === "string" && typeof user.name === "string" ? { id: user.id, name: user.name } : null;
  }

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  #look(): void {
    const text = (value: unknown) => (typeof value === "string" ? value : null);
    this.view = {
      language: text(this.#room.get("language")),
      activeFile: text(this.#room.get("activeFile")),
      paths: [...this.files.keys()],
    };
    this.#tell();
  }

  #tell(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }
}

/** Where one person's unsaved changes of one session are kept. */
export const outboxName = (sessionId: string, personId: string): string => `${sessionId} ${personId}`;
