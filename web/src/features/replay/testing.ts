/** For tests: a session as it is written into the log. */
import { toBase64 } from "lib0/buffer";
import * as Y from "yjs";

import { ada, grace, session } from "@/lib/testing/samples";

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

  /** What a room begins with. */
  seed(): this {
    this.doc.transact(() => {
      this.files.set("solution.py", new Y.Text("pass\n"));
      this.files.set("Main.java", new Y.Text("class Main {}\n"));
      this.room.set("activeFile", "solution.py");
    });
    return this;
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
