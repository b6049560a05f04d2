/** The pads and files of a room at any moment: their texts, which one people were at, and what was changed last. */
import * as Y from "yjs";

import { padOf, prefixOf, readPads, touched } from "@/features/room/doc/shared-pads";

import { DocumentTrack } from "./document-track";

/** What the last change did: the text from `from` to `to` is new; nothing when it was a deletion there. */
export interface Edit {
  path: string;
  from: number;
  to: number;
}

export interface CodePad {
  /** Empty: the first one. */
  id: string;
  title: string;
  /** Language id. */
  language: string | null;
  /** Path of the file that everybody in it is shown. */
  file: string | null;
}

export interface CodeFile {
  path: string;
  /** Id of the pad that it belongs to. */
  pad: string;
  /** Its path within that pad. */
  name: string;
  text: string;
}

export interface Code {
  /** Those that there are at this moment, the first one first; its title is the session's. */
  pads: readonly CodePad[];
  /** Id of the one that everybody is shown. */
  shown: string;
  /** Those that somebody has written in or shown by then, and what the pads show. */
  files: readonly CodeFile[];
  /** Where people were: the path of what was shown or written in last. */
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
  /** After how many updates somebody first wrote in it, or showed it. */
  readonly #touched = new Map<string, number>();
  readonly #focus: Focus[] = [];
  #edit: Edit | null = null;
  #written: string[] = [];
  #shown: string | null = null;
  /** Where in a text a change was: Yjs goes through the whole text to say it. */
  #exact = false;

  constructor(updates: readonly Uint8Array[]) {
    this.#track = new DocumentTrack(updates, (doc) => this.#watch(doc));
  }

  get refused(): number {
    return this.#track.refused;
  }

  *prepare(): Generator<number, void> {
    for (const count of this.#track.prepare()) {
      this.#note(count);
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
    const pads = padsOf(doc);
    return {
      pads,
      shown: shownPad(doc),
      files: this.#filesOf(doc, pads, count),
      focus: this.#focus.findLast((one) => one.count <= count)?.path ?? null,
      edit: this.#edit,
    };
  }

  #filesOf(doc: Y.Doc, pads: readonly CodePad[], count: number): CodeFile[] {
    const files = doc.getMap("files");
    const touched = [...this.#touched].flatMap(([path, since]) => (since <= count ? [path] : []));
    const shown = pads.flatMap(({ file }) => (file === null ? [] : [file]));
    return [...new Set([...touched, ...shown])].flatMap((path) => {
      const text = files.get(path);
      const pad = padOf(path, pads);
      return text instanceof Y.Text ? [{ path, pad, name: path.slice(prefixOf(pad).length), text: text.toJSON() }] : [];
    });
  }

  #note(count: number): void {
    const paths = this.#shown === null ? this.#written : [...this.#written, this.#shown];
    for (const path of paths) if (!this.#touched.has(path)) this.#touched.set(path, count);
    const path = paths.at(-1);
    if (path !== undefined && this.#focus.at(-1)?.path !== path) this.#focus.push({ count, path });
  }

  #forget(): void {
    this.#edit = null;
    this.#written = [];
    this.#shown = null;
  }

  #watch(doc: Y.Doc): () => void {
    doc.getMap<Y.Text>("files").observeDeep((events) => {
      for (const event of events) this.#see(event, doc);
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

  #see(event: AnyEvent, doc: Y.Doc): void {
    const [path] = event.path;
    if (typeof path === "string" && event.target instanceof Y.Text) {
      this.#edit = { path, ...(this.#exact ? changed(event.delta) : { from: 0, to: 0 }) };
      this.#written.push(path);
    }
    if (path !== undefined) return;
    for (const name of event.keys.keys()) {
      // What a room or a pad begins with is nobody's work; and a file that was deleted is nowhere to look at.
      if (!touched(doc.getMap<Y.Text>("files"), doc.getMap("pads"), name)) continue;
      this.#edit = { path: name, from: 0, to: 0 };
      this.#written.push(name);
    }
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

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** As they are told in the document; paths of files with the pad's id before them, which a program may have left out. */
function padsOf(doc: Y.Doc): CodePad[] {
  const room = doc.getMap("room");
  const first = { id: "", title: "", language: textOf(room.get("language")), file: textOf(room.get("activeFile")) };
  const further = readPads(doc.getMap("pads")).map(({ id, title, language, activeFile }) => {
    const inside = activeFile?.startsWith(prefixOf(id)) ?? true;
    return { id, title, language, file: inside ? activeFile : `${id}/${activeFile}` };
  });
  return [first, ...further];
}

function shownPad(doc: Y.Doc): string {
  const pad = doc.getMap("room").get("activePad");
  return typeof pad === "string" && pad !== "" && doc.getMap("pads").get(pad) instanceof Y.Map ? pad : "";
}

/** The file that everybody is shown. */
function shownIn(doc: Y.Doc): string | null {
  const shown = shownPad(doc);
  return padsOf(doc).find(({ id }) => id === shown)?.file ?? null;
}
