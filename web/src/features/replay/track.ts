/** All that happened in a session, on one clock that begins at 0. */
import { fromBase64 } from "lib0/buffer";
import * as Y from "yjs";

import type { Run } from "@/features/execution/model";
import type { Session } from "@/features/sessions/api";
import type { Schemas } from "@/lib/api/client";

import { CodeTrack } from "./code-track";
import { DocumentTrack } from "./document-track";

export type LogEvent = Schemas["LogEventView"];

export interface ReplayData {
  session: Session;
  events: readonly LogEvent[];
}

export const MOMENT_KINDS = ["run", "message", "paste", "note", "people", "other"] as const;
export type MomentKind = (typeof MOMENT_KINDS)[number];

/** Something to jump to. */
export interface Moment {
  key: string;
  at: number;
  kind: MomentKind;
  /** As in the log, or `note`. */
  what: string;
  personId: string | null;
  data: Record<string, unknown>;
}

export interface Message {
  id: string;
  at: number;
  personId: string;
  name: string;
  /** Null: it was taken back. */
  text: string | null;
  createdAt: string;
}

export interface PlayedRun {
  at: number;
  ended: number;
  run: Run;
}

export interface Note {
  id: string;
  at: number;
  author: string;
  text: string;
}

export interface Person {
  id: string;
  name: string;
  profileImage: string | null;
}

export class Track {
  readonly sessionId: string;
  /** The last moment there is. */
  readonly end: number;
  /** When something happened, ascending, with 0 and the end. */
  readonly times: readonly number[];
  /** When the document changed: each change has a time of its own, so that all can be stepped through. */
  readonly changes: readonly number[];
  /** Whose they are; null: the server's. */
  readonly authors: readonly (string | null)[];
  readonly messages: readonly Message[];
  readonly runs: readonly PlayedRun[];
  readonly people: ReadonlyMap<string, Person>;
  readonly code: CodeTrack;
  moments: readonly Moment[];
  readonly #begin: number;
  readonly #staff: readonly number[];
  readonly #notes: DocumentTrack;

  constructor({ session, events }: ReplayData) {
    const { id, host, participants } = session;
    this.sessionId = id;
    this.people = new Map([host, ...participants].map((person) => [person.id, person]));
    this.#begin = Math.min(...events.slice(0, 1).map(({ at }) => at));
    const ended = events.findLast(({ kind }) => kind === "ended");
    const last = Math.max(0, ...[ended ?? events.at(-1)].map((one) => (one ? one.at - this.#begin : 0)));
    const timed = events.map((event) => ({ ...event, at: Math.min(Math.max(event.at - this.#begin, 0), last) }));
    const main = timed.filter(({ kind }) => kind === "document");
    const staff = timed.filter(({ kind }) => kind === "staff");
    this.changes = inTurn(main);
    this.authors = main.map(({ personId }) => personId);
    this.#staff = inTurn(staff);
    this.end = Math.max(last, this.changes.at(-1) ?? 0, this.#staff.at(-1) ?? 0);
    this.code = new CodeTrack(main.map(updateOf), main[0]?.personId === null);
    this.#notes = new DocumentTrack(staff.map(updateOf));
    this.messages = timed.filter(({ kind }) => kind === "chat").map((event) => this.#message(event)).sort(byTime);
    this.runs = runsOf(timed, this.end);
    this.moments = timed.flatMap(momentOf).sort(byTime);
    this.times = [0, ...timed.map(({ at }) => at).sort((a, b) => a - b), this.end];
  }

  nameOf(id: string | null): string | null {
    return this.people.get(id ?? "")?.name ?? null;
  }

  /** Goes through both documents once, a little at a time; yields how much of it is done, from 0 to 1. */
  *prepare(): Generator<number, void> {
    const all = this.changes.length + this.#staff.length;
    for (const count of this.code.prepare()) yield count / all;
    for (const count of this.#notes.prepare()) yield (this.changes.length + count) / all;
    const notes = this.notesAt(Infinity).map(
      (note): Moment => ({ key: `note ${note.id}`, at: note.at, kind: "note", what: "note", personId: note.author, data: { text: note.text } }),
    );
    this.moments = [...this.moments, ...notes].sort(byTime);
  }

  /** The interviewers' notes as they stood then. */
  notesAt(at: number): Note[] {
    const doc = this.#notes.at(this.#staff.filter((one) => one <= at).length);
    return doc.getArray("notes").toArray().flatMap((one) => this.#note(one));
  }

  #note(one: unknown): Note[] {
    if (!(one instanceof Y.Map)) return [];
    const note = one as Y.Map<unknown>; // it may be anybody's program's
    const [id, author, at, text] = [note.get("id"), note.get("author"), note.get("at"), note.get("text")];
    if (typeof id !== "string" || typeof at !== "number" || !(text instanceof Y.Text)) return [];
    const place = Math.min(Math.max(at - this.#begin, 0), this.end);
    return [{ id, at: place, author: typeof author === "string" ? author : "", text: text.toJSON() }];
  }

  #message({ at, seq, personId, data }: LogEvent): Message {
    const { messageId, text } = fields(data);
    return {
      id: typeof messageId === "string" ? messageId : `entry ${seq}`,
      at,
      personId: personId ?? "",
      name: this.nameOf(personId) ?? "",
      text: typeof text === "string" ? text : null,
      createdAt: new Date(this.#begin + at).toISOString(),
    };
  }
}

/** What was written down in one order may have happened in another. */
const byTime = (a: { at: number }, b: { at: number }): number => a.at - b.at;

/** Updates build on each other, so their order is the log's, whatever the clock said; and no two have the same time. */
function inTurn(events: readonly LogEvent[]): number[] {
  let before = -1;
  return events.map(({ at }) => (before = Math.max(at, before + 0.001)));
}

const updateOf = ({ data }: LogEvent): Uint8Array => {
  try {
    return typeof data === "string" ? fromBase64(data) : new Uint8Array();
  } catch {
    return new Uint8Array(); // refused by Yjs, and counted
  }
};

const fields = (data: LogEvent["data"]): Record<string, unknown> => (typeof data === "object" && data !== null ? data : {});

function runsOf(events: readonly LogEvent[], end: number): PlayedRun[] {
  const began = new Map<unknown, number>();
  const runs: PlayedRun[] = [];
  for (const { at, kind, data } of events) {
    const { runId, run } = fields(data);
    if (kind === "run.started") began.set(runId, at);
    if (kind === "run.finished" && run) runs.push({ at: began.get(runId) ?? at, ended: Math.min(at, end), run: run as Run });
  }
  return runs.sort(byTime);
}

const KINDS: Partial<Record<string, MomentKind>> = {
  chat: "message",
  "run.started": "run",
  paste: "paste",
  focus: "other",
  copy: "other",
  joined: "people",
  left: "people",
  role: "people",
  host: "people",
  admitted: "people",
  sent_back: "people",
  started: "other",
  settings: "other",
  pad: "other",
  ended: "other",
  "recording.started": "other",
  "recording.ended": "other",
};

function momentOf({ seq, at, kind: what, personId, data }: LogEvent): Moment[] {
  const kind = KINDS[what];
  return kind ? [{ key: String(seq), at, kind, what, personId, data: fields(data) }] : [];
}
