/** For tests: a session as it is written into the log. */
import { toBase64 } from "lib0/buffer";
import * as Y from "yjs";

import type { ChatMessage } from "@/features/chat/api";
import { ada, grace, session, untouched } from "@/lib/testing/samples";

import { type LogEvent, Track } from "./track";

export const BEGIN = Date.parse("2026-11-23T12:00:00Z");

/** The same numbers for the same seed (mulberry32). */
export function random(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Writes a log as the server would: one entry for each change of the document, in order, with a time. */
export class Scribe {
  readonly doc = new Y.Doc();
  readonly files = this.doc.getMap<Y.Text>("files");
  readonly room = this.doc.getMap("room");
  readonly events: LogEvent[] = [];
  at = 0;
  #author: string | null = null;

  constructor() {
    this.doc.on("update", (update: Uint8Array) => this.log("document", toBase64(update), this.#author));
  }

  log(kind: string, data: unknown, personId: string | null = grace.id): void {
    this.events.push({ seq: this.events.length + 1, at: BEGIN + this.at, kind, personId, data } as LogEvent);
  }

  /** What a room begins with; as the server, of a client that nobody else is. */
  seed(): this {
    return this.#of(1, (doc) => {
      doc.getMap("files").set("solution.py", new Y.Text("pass\n"));
      doc.getMap("files").set("Main.java", new Y.Text("class Main {}\n"));
      doc.getMap("room").set("activeFile", "solution.py");
      doc.getMap("room").set("language", "python");
    });
  }

  /** A further pad with its files, as the server adds it. */
  pad(id: string, title: string, files: Record<string, string>, more: Record<string, unknown> = {}): this {
    const told = { title, problem: "", language: "python", activeFile: `${id}/${Object.keys(files)[0]}`, at: BEGIN + this.at, ...more };
    this.log("pad", { padId: id, problem: told.problem, title }, ada.id); // before the document, which may be later by a moment
    this.at += 2;
    this.#of(1000 + this.events.length, (doc) => {
      for (const [path, text] of Object.entries(files)) doc.getMap("files").set(`${id}/${path}`, new Y.Text(text));
      doc.getMap("pads").set(id, new Y.Map(Object.entries(told)));
    });
    return this;
  }

  /** As one update of the server. */
  #of(client: number, write: (doc: Y.Doc) => void): this {
    const doc = new Y.Doc();
    doc.clientID = client;
    doc.transact(() => write(doc));
    return this.by(null, () => Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(doc)));
  }

  say(id: string, text: string, personId: string, changes: Partial<ChatMessage> = {}): void {
    const message = { id, seq: 1, personId, name: "x", text, createdAt: new Date(BEGIN + this.at).toISOString(), ...untouched, ...changes };
    this.log("chat", { messageId: id, message }, personId);
  }

  by(author: string | null, change: (scribe: this) => void): this {
    this.#author = author;
    change(this);
    return this;
  }

  text(path = "solution.py"): Y.Text {
    const text = this.files.get(path);
    if (!text) throw new Error(`no ${path}`);
    return text;
  }

  get data() {
    return { session: session({ status: "completed", participants: [grace] }), events: this.events };
  }

  /** All of it, gone through. */
  track(): Track {
    const track = new Track(this.data);
    for (const done of track.prepare()) if (done < 0 || done > 1) throw new Error(`${done} of it is done`);
    return track;
  }
}

export { ada, grace };
