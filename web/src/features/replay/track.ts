/** All that happened in a session, on one clock that begins at 0. */
import { fromBase64 } from "lib0/buffer";
import * as Y from "yjs";

import type { Run } from "@/features/execution/model";
import type { Session } from "@/features/sessions/api";

import { activityMoments } from "./activity";
import { CodeTrack } from "./code-track";
import { DocumentTrack } from "./document-track";
import { fields, type LogEvent } from "./log-event";
import { type Message, messagesOf } from "./messages";

export type { LogEvent } from "./log-event";

export interface ReplayData {
  session: Session;
  events: readonly LogEvent[];
}

export const MOMENT_KINDS = ["run", "message", "paste", "activity", "note", "people", "other"] as const;
export type MomentKind = (typeof MOMENT_KINDS)[number];

/** Something to jump to. */
export interface Moment {
  key: string;
  at: number;
  kind: MomentKind;
  /** As in the log, or `note`, or what `activity.ts` groups. */
  what: string;
  personId: string | null;
  data: Readonly<Record<string, unknown>>;
  /** Server time, in ms since 1970. */
  time: number;
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
  /** Of the session's first problem. */
  readonly title: string;
  /** The last moment there is. */
  readonly end: number;
  /** When something happened, ascending, with 0 and the end. */
  readonly times: readonly number[];
  /** When the document changed: each change has a time of its own, so that all can be stepped through. */
  readonly changes: readonly number[];
  /** Whose they are; null: the server's. */
  readonly authors: readonly (string | null)[];
  readonly messages: readonly Message[];
  /** When messages were edited. */
  readonly edits: readonly number[];
  readonly runs: readonly PlayedRun[];
  readonly people: ReadonlyMap<string, Person>;
  readonly code: CodeTrack;
  moments: readonly Moment[];
  readonly #begin: number;
  /** Titles of the further pads, by id. */
  readonly #pads: ReadonlyMap<unknown, unknown>;
  readonly #staff: readonly number[];
  readonly #notes: DocumentTrack;

  constructor({ session, events }: ReplayData) {
    const { id, host, participants, problem } = session;
    this.sessionId = id;
    this.title = problem;
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
    this.code = new CodeTrack(main.map(updateOf));
    this.#notes = new DocumentTrack(staff.map(updateOf));
    this.messages = messagesOf(timed, this.#begin, (person) => this.nameOf(person) ?? "").sort(byTime);
    this.edits = timed.filter(({ kind }) => kind === "chat.edited").map(({ at }) => at).sort((a, b) => a - b);
    this.runs = runsOf(timed, this.end);
    this.#pads = new Map(timed.filter(({ kind }) => kind === "pad").map(({ data }) => [fields(data).padId, fields(data).title]));
    this.moments = [...whenThere(timed, this.changes).flatMap((event) => momentOf(event, this.#begin)), ...activityMoments(timed, this.#begin)].sort(byTime);
    this.times = [0, ...timed.map(({ at }) => at).sort((a, b) => a - b), this.end];
  }

  nameOf(id: string | null): string | null {
    return this.people.get(id ?? "")?.name ?? null;
  }

  /** A file as people call it: of a further pad with its title. */
  fileName(path: string): string {
    const [pad, ...rest] = path.split("/");
    const title = rest.length ? this.#pads.get(pad) : undefined;
    return typeof title === "string" ? `${title}/${rest.join("/")}` : path;
  }

  /** Goes through both documents once, a little at a time; yields how much of it is done, from 0 to 1. */
  *prepare(): Generator<number, void> {
    const all = this.changes.length + this.#staff.length;
    for (const count of this.code.prepare()) yield count / all;
    for (const count of this.#notes.prepare()) yield (this.changes.length + count) / all;
    const notes = this.notesAt(Infinity).map(
      (note): Moment => ({ key: `note ${note.id}`, at: note.at, kind: "note", what: "note", personId: note.author, data: { text: note.text }, time: this.#begin + note.at }),
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
}

/** What was written down in one order may have happened in another. */
const byTime = (a: { at: number }, b: { at: number }): number => a.at - b.at;

/** Updates build on each other, so their order is the log's, whatever the clock said; and no two have the same time. */
function inTurn(events: readonly LogEvent[]): number[] {
  let before = -1;
  return events.map(({ at }) => (before = Math.max(at, before + 0.001)));
}

/** A pad is written down before the change that brings it into the document: who jumps to the one wants to see the other. */
function whenThere(events: readonly LogEvent[], changes: readonly number[]): LogEvent[] {
  let count = 0;
  return events.map((event) => {
    if (event.kind === "document") count++;
    return event.kind === "pad" ? { ...event, at: Math.max(event.at, changes[count] ?? event.at) } : event;
  });
}

const updateOf = ({ data }: LogEvent): Uint8Array => {
  try {
    return typeof data === "string" ? fromBase64(data) : new Uint8Array();
  } catch {
    return new Uint8Array(); // refused by Yjs, and counted
  }
};

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
  "chat.edited": "message",
  "chat.deleted": "message",
  "run.started": "run",
  "run.stopped": "run",
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

function momentOf({ seq, at, kind: what, personId, data }: LogEvent, begin: number): Moment[] {
  const kind = KINDS[what];
  return kind ? [{ key: String(seq), at, kind, what, personId, data: fields(data), time: begin + at }] : [];
}
