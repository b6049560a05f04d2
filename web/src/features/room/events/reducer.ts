/** The room as the events tell it: `apply(events so far) == hello of now`. Pure, so that it can be tested as that. */
import type { Run } from "@/features/execution/model";
import { changedBy } from "@/features/execution/run-events";

import type { Refusal } from "../socket/refusal";
import type { ChatMessage, Me, Peer, Person, ServerEvent, Session, Waiting } from "./types";

export type RoomStatus = "connecting" | "waiting" | "live" | "offline" | "ended" | "refused";

export interface RoomSnapshot {
  status: RoomStatus;
  /** Why, when `status` is `refused`. */
  refusal: Refusal | null;
  /** Why we are kept outside, when `status` is `waiting`. */
  waiting: Waiting | null;
  me: Me | null;
  people: readonly Person[];
  session: Session | null;
  /** Oldest first. */
  messages: readonly ChatMessage[];
  /** `?before=` for the messages before these; null: there are none. */
  messagesBefore: number | null;
  /** Newest first. */
  runs: readonly Run[];
  /** Connections in the call, in the order of joining. */
  peers: readonly Peer[];
  /** The call is being recorded. */
  recording: boolean;
  /** Ids of the people who type a chat message right now. */
  typing: readonly string[];
}

export const EMPTY_ROOM: RoomSnapshot = {
  status: "connecting",
  refusal: null,
  waiting: null,
  me: null,
  people: [],
  session: null,
  messages: [],
  messagesBefore: null,
  runs: [],
  peers: [],
  recording: false,
  typing: [],
};

const RUNS_KEPT = 20; // as many as a hello brings; the record page fetches all, page by page

export function reduce(room: RoomSnapshot, event: ServerEvent): RoomSnapshot {
  switch (event.type) {
    case "hello":
      return welcomed(room, event);
    case "waiting":
      return { ...EMPTY_ROOM, status: "waiting", waiting: event };
    case "me":
      return { ...room, me: event.me };
    case "presence":
      return { ...room, people: event.people };
    case "session.changed":
      return { ...room, session: event.session };
    case "session.ended":
      return { ...room, session: event.session, status: "ended", peers: [], typing: [] };
    case "chat.message":
      return {
        ...room,
        messages: joined(room.messages, [event.message]),
        typing: room.typing.filter((id) => id !== event.message.personId),
      };
    case "chat.typing": {
      const others = room.typing.filter((id) => id !== event.personId);
      return { ...room, typing: event.typing ? [...others, event.personId] : others };
    }
    case "run.started":
    case "run.finished":
      return { ...room, runs: withRun(room.runs, event.run) };
    case "run.queued":
    case "run.output":
    case "run.input":
    case "run.diagnostics":
      return { ...room, runs: room.runs.map((run) => (run.id === event.runId ? changedBy(run, event) : run)) };
    case "call.state":
      return { ...room, peers: event.peers };
    case "call.recording":
      return { ...room, recording: event.recording };
    default:
      // `call.signal`, `error` and `pong` change nothing here; a newer server may send types that we don't know.
      return room;
  }
}

function welcomed(room: RoomSnapshot, hello: Extract<ServerEvent, { type: "hello" }>): RoomSnapshot {
  const { session, messages, messagesBefore, runs, peers, recording } = hello.state;
  const first = messages[0];
  const last = room.messages.at(-1);
  // Pages that were fetched before the connection broke stay, unless messages between them and this page are missing.
  const connected = first !== undefined && last !== undefined && first.seq <= last.seq + 1;
  return {
    status: session.status === "completed" ? "ended" : "live",
    refusal: null,
    waiting: null,
    me: hello.me,
    people: hello.people,
    session,
    messages: connected ? joined(room.messages, messages) : messages,
    messagesBefore: connected ? room.messagesBefore : messagesBefore,
    runs,
    peers,
    recording,
    typing: [],
  };
}

function joined(before: readonly ChatMessage[], more: readonly ChatMessage[]): readonly ChatMessage[] {
  const known = new Set(before.map((message) => message.seq));
  const fresh = more.filter((message) => !known.has(message.seq));
  return fresh.length === 0 ? before : [...before, ...fresh].sort((a, b) => a.seq - b.seq);
}

function withRun(runs: readonly Run[], run: Run): readonly Run[] {
  if (runs.some(({ id }) => id === run.id)) return runs.map((old) => (old.id === run.id ? run : old));
  return [run, ...runs].slice(0, RUNS_KEPT);
}
