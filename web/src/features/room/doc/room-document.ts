/** The shared document of one room and its connection, as long as somebody is in the room. */
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";

import type { Me } from "../events/types";
import { socketAddress } from "../socket/address";
import { diagnose } from "../socket/diagnose";
import { DocProvider } from "./doc-provider";
import { LocalCopy } from "./local-copy";
import { StoredOutbox } from "./outbox";
import { SharedCases } from "./shared-cases";
import { SharedFiles } from "./shared-files";
import { type Pad, readPads, touched } from "./shared-pads";

/** What is shown to everybody, and the files there are. */
export interface DocumentView {
  /** Of the first pad: language id. */
  language: string | null;
  /** Of the first pad: path. */
  activeFile: string | null;
  /** Id of the pad that is shown to everybody; empty is the first one. */
  activePad: string;
  /** Those that were added. */
  pads: readonly Pad[];
  /** Of all pads. */
  paths: readonly string[];
  /** Those that somebody made or wrote in. */
  touched: ReadonlySet<string>;
}

const NOTHING: DocumentView = { language: null, activeFile: null, activePad: "", pads: [], paths: [], touched: new Set() };

export class RoomDocument {
  readonly doc = new Y.Doc();
  readonly files = this.doc.getMap<Y.Text>("files");
  readonly book = new SharedFiles(this.doc, this.files);
  readonly cases: SharedCases;
  /** The whiteboard: `board/board-binding.ts`. */
  readonly board = this.doc.getMap<unknown>("board");
  readonly awareness = new Awareness(this.doc);
  readonly provider: DocProvider;
  readonly copy: LocalCopy;
  view = NOTHING;
  readonly #room = this.doc.getMap("room");
  readonly #pads = this.doc.getMap("pads");
  readonly #outbox: StoredOutbox;
  readonly #me: Pick<Me, "id" | "name" | "color">;
  #canEdit: boolean;
  readonly #watchers = new Set<() => void>();
  #ending: ReturnType<typeof setTimeout> | undefined;

  /** `kept`: what this browser kept of the document, to begin with. */
  constructor(sessionId: string, me: Pick<Me, "id" | "name" | "color">, canEdit: boolean, kept?: Uint8Array) {
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
      begun: kept !== undefined,
    });
    this.copy = new LocalCopy(sessionId, me.id, this.doc, this.provider);
    this.cases = new SharedCases(this.doc, me.id);
    this.files.observeDeep((events) => this.#written(events));
    this.#room.observe(() => this.#look());
    this.#pads.observeDeep(() => this.#look());
    if (kept) Y.applyUpdate(this.doc, kept, this.provider);
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
    this.copy.start();
    addEventListener("pagehide", this.copy.flush);
  }

  /** For good, unless it is started again at once: React may take a component down and put it up again. */
  stop(): void {
    removeEventListener("pagehide", this.copy.flush);
    this.copy.stop();
    this.provider.stop();
    this.#ending = setTimeout(() => {
      this.doc.destroy(); // and with it the awareness, which looks after itself with an interval
      void this.#outbox.close();
    }, 0);
  }

  /** Gives up what the server would not take, and begins again from what it has. */
  discard(): void {
    this.#outbox.empty();
    this.copy.drop();
    location.reload();
  }

  text(path: string): Y.Text | null {
    const text: unknown = this.files.get(path);
    return text instanceof Y.Text ? text : null;
  }

  /** For everybody in the pad. Only says what is shown: every file keeps its text, whoever switches at the same moment. */
  show(pad: string, language: string, path: string): void {
    const holder = this.#holder(pad);
    if (!this.canEdit || !holder) return;
    this.doc.transact(() => {
      holder.set("language", language);
      holder.set("activeFile", path);
    });
  }

  /** For everybody in the pad, who has not gone to another file. */
  activate(pad: string, path: string): void {
    if (this.canEdit) this.#holder(pad)?.set("activeFile", path);
  }

  /** Brings everybody to a file of a pad. */
  present(pad: string, path: string): void {
    const holder = this.#holder(pad);
    if (!this.canEdit || !holder) return;
    this.doc.transact(() => {
      this.#room.set("activePad", pad);
      holder.set("activeFile", path);
    });
  }

  /** Who set a pad's language or what is shown of it, if they are still here. */
  shownBy(pad: string, key: "language" | "activeFile" = "language"): { id: string; name: string } | null {
    const client = this.#holder(pad)?._map.get(key)?.id.client;
    if (client === this.doc.clientID) return { id: this.#me.id, name: this.#me.name };
    const { user } = (this.awareness.getStates().get(client ?? -1) ?? {}) as { user?: { id?: unknown; name?: unknown } };
    return typeof user?.id === "string" && typeof user.name === "string" ? { id: user.id, name: user.name } : null;
  }

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  #holder(pad: string): Y.Map<unknown> | null {
    const holder: unknown = pad === "" ? this.#room : this.#pads.get(pad);
    return holder instanceof Y.Map ? holder : null;
  }

  /** At every key: looks again only when there is another file, or the first letter in one. */
  #written(events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void {
    const known = this.view.touched;
    if (events.some(({ path: [file] }) => typeof file !== "string" || !known.has(file))) this.#look();
  }

  #look(): void {
    const text = (value: unknown) => (typeof value === "string" ? value : null);
    const paths = [...this.files.keys()];
    this.view = {
      language: text(this.#room.get("language")),
      activeFile: text(this.#room.get("activeFile")),
      activePad: text(this.#room.get("activePad")) ?? "",
      pads: readPads(this.#pads),
      paths,
      touched: new Set(paths.filter((path) => touched(this.files, this.#pads, path))),
    };
    this.#tell();
  }

  #tell(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }
}

/** Where one person's unsaved changes of one session are kept. */
export const outboxName = (sessionId: string, personId: string): string => `${sessionId} ${personId}`;
