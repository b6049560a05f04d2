/** The notes of those who interview, in a document of their own: `Y.Array "notes"` of maps with id, author, at and text. */
import * as Y from "yjs";

import { difference } from "@/lib/text-edits";

export interface Note {
  id: string;
  /** Id of the person who began it. */
  author: string;
  /** When they began it, by the server's clock, in ms. */
  at: number;
  text: string;
}

/** Of what stands in the document, whatever is no note is passed over, as the server does (room/notes.py). */
export class SharedNotes {
  /** Oldest first. */
  view: readonly Note[] = [];
  readonly #list: Y.Array<unknown>;
  readonly #watchers = new Set<() => void>();
  #draft: { text: string; at: number } | null = null;
  #made = 0;

  constructor(
    private readonly doc: Y.Doc,
    private readonly author: string,
  ) {
    this.#list = doc.getArray("notes");
    this.#list.observeDeep(() => this.#look());
  }

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** What the reader is about to note: kept here while another part of the room is shown. */
  get draft(): string {
    return this.#draft?.text ?? "";
  }

  sketch(text: string, now: number): void {
    this.#draft = text.trim() ? { text, at: this.#draft?.at ?? now } : null;
  }

  /** The draft becomes a note. Its time is that of its first letter: what was seen happened then, not where the sentence ends. */
  addDraft(): void {
    if (!this.#draft) return;
    const { text, at } = this.#draft;
    this.#draft = null;
    this.#list.push([
      new Y.Map<unknown>([
        ["id", `${this.doc.clientID}-${++this.#made}`],
        ["author", this.author],
        ["at", at],
        ["text", new Y.Text(plain(text.trim()))],
      ]),
    ]);
  }

  /** Only what has changed is written, so that two people may write in one note. */
  write(id: string, text: string): void {
    const shared = this.#maps().find((one) => one.get("id") === id)?.get("text");
    if (!(shared instanceof Y.Text)) return;
    const edit = difference(shared.toJSON(), plain(text));
    if (!edit) return;
    this.doc.transact(() => {
      shared.delete(edit.from, edit.to - edit.from);
      shared.insert(edit.from, edit.text);
    });
  }

  remove(id: string): void {
    const place = this.#list.toArray().findIndex((one) => one instanceof Y.Map && one.get("id") === id);
    if (place !== -1) this.#list.delete(place);
  }

  #maps(): Y.Map<unknown>[] {
    return this.#list.toArray().filter((one): one is Y.Map<unknown> => one instanceof Y.Map);
  }

  #look(): void {
    const notes = this.#maps().flatMap((one): Note[] => {
      const [id, author, at, text] = [one.get("id"), one.get("author"), one.get("at"), one.get("text")];
      if (typeof id !== "string" || typeof author !== "string" || !(text instanceof Y.Text)) return [];
      return typeof at === "number" && at >= 0 && at <= LATEST ? [{ id, author, at, text: text.toJSON() }] : [];
    });
    this.view = notes.sort((a, b) => a.at - b.at);
    for (const watcher of [...this.#watchers]) watcher();
  }
}

const LATEST = 253_402_300_799_999; // the year 9999

/** The server takes carriage returns out of files only. */
const plain = (text: string): string => text.replace(/\r\n?/g, "\n");
