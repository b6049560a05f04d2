/** The files of a room at any moment: their texts, which one people were at, and what was changed last. */
import * as Y from "yjs";

import { DocumentTrack } from "./document-track";

/** What the last change did: the text from `from` to `to` is new; nothing when it was a deletion there. */
export interface Edit {
  path: string;
  from: number;
  to: number;
}

export interface Code {
  /** Those that somebody wrote in or opened, ever. */
  files: readonly { path: string; label: string; text: string }[];
  /** Where people were: the file that was shown or written in last. */
  focus: string | null;
  edit: Edit | null;
}

interface Focus {
  /** From so many updates on. */
  count: number;
  path: string;
}

type AnyEvent = Parameters<Parameters<Y.Map<unknown>["observeDeep"]>[0]>[0][number];

export class CodeTrack {
  readonly #track: DocumentTrack;
  readonly #touched = new Set<string>();
  readonly #focus: Focus[] = [];
  #edit: Edit | null = null;
  #shown: string | null = null;
  /** Where in a text a change was: Yjs goes through the whole text to say it. */
  #exact = false;

  /** `seeded`: the first update is what the room began with, nobody's work. */
  constructor(
    updates: readonly Uint8Array[],
    private readonly seeded: boolean,
  ) {
    this.#track = new DocumentTrack(updates, (doc) => this.#watch(doc));
  }

  get refused(): number {
    return this.#track.refused;
  }

  *prepare(): Generator<number, void> {
    for (const count of this.#track.prepare()) {
      const path = this.#shown ?? (this.seeded && count === 1 ? null : (this.#edit?.path ?? null));
      this.#note(count, path);
      this.#forget();
      yield count;
    }
  }

  at(count: number): Code {
    const doc = this.#track.at(count, () => {
      this.#forget();
      this.#exact = true;
    });
    this.#exact = false;
    const files = doc.getMap("files");
    return {
      files: [...this.#touched].flatMap((path) => {
        const text = files.get(path);
        return text instanceof Y.Text ? [{ path, label: labelOf(doc, path), text: text.toJSON() }] : [];
      }),
      focus: this.#focus.findLast((one) => one.count <= count)?.path ?? null,
      edit: this.#edit,
    };
  }

  #note(count: number, path: string | null): void {
    if (path === null) return;
    this.#touched.add(path);
    if (this.#focus.at(-1)?.path !== path) this.#focus.push({ count, path });
  }

  #forget(): void {
    this.#edit = null;
    this.#shown = null;
  }

  #watch(doc: Y.Doc): () => void {
    doc.getMap("files").observeDeep((events) => {
      for (const event of events) this.#see(event);
    });
    let before: string | null = null;
    const look = () => {
      const shown = shownIn(doc);
      if (shown !== before) this.#shown = before = shown;
    };
    doc.getMap("room").observe(look);
    doc.getMap("pads").observeDeep(look);
    return () => this.#forget();
  }

  #see(event: AnyEvent): void {
    const [path] = event.path;
    if (typeof path === "string" && event.target instanceof Y.Text) {
      this.#edit = { path, ...(this.#exact ? changed(event.delta) : { from: 0, to: 0 }) };
    }
    if (path !== undefined) return;
    for (const name of event.keys.keys()) this.#edit = { path: name, from: 0, to: 0 };
  }
}

/** Where in the text the last of the changes is. */
function changed(delta: AnyEvent["delta"]): { from: number; to: number } {
  let at = 0;
  let place = { from: 0, to: 0 };
  for (const { retain = 0, insert, delete: deleted = 0 } of delta) {
    at += retain;
    const length = typeof insert === "string" ? insert.length : 0;
    if (length || deleted) place = { from: at, to: at + length };
    at += length;
  }
  return place;
}

/** The file that everybody is shown: of the pad that is in front, or of the first problem. */
function shownIn(doc: Y.Doc): string | null {
  const room = doc.getMap("room");
  const pad = room.get("activePad");
  const of: unknown = typeof pad === "string" && pad ? doc.getMap("pads").get(pad) : room;
  const file: unknown = of instanceof Y.Map ? of.get("activeFile") : undefined;
  if (typeof file !== "string") return null;
  return of === room || file.startsWith(`${String(pad)}/`) ? file : `${String(pad)}/${file}`;
}

/** A file of a further problem has its pad's id before the name. */
function labelOf(doc: Y.Doc, path: string): string {
  const slash = path.indexOf("/");
  const pad = slash === -1 ? undefined : doc.getMap("pads").get(path.slice(0, slash));
  const title: unknown = pad instanceof Y.Map ? pad.get("title") : undefined;
  const name = title instanceof Y.Text ? title.toJSON() : title;
  return typeof name === "string" && name ? `${name} / ${path.slice(slash + 1)}` : path;
}
