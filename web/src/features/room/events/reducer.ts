/** The room as the events tell it: `apply(events so far) == hello of now`. Pure, so that it can be tested as that. */
import type { Run } from "@/features/execution/model";
import { changedBy } from "@/features/execution/run-events";

import type { Refusal } from "../socket/refusal";
import type { Activity, ChatMessage, Me, Peer, Person, ServerEvent, Session, Waiting } from "./types";

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
  /** What was noted of candidates, oldest first: for the staff all of it, for everybody else their own. */
  activity: readonly Activity[];
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
  activity: [],
  typing: [],
};

const ACTIVITY_KEPT = 500; // as many as a hello brings
const RUNS_KEPT = 20; // as many as a hello brings; the record page fetches all, page by page

export function reduce(room: RoomSnapshot, event: ServerEvent): RoomSnapshot {
  switch (event.type) {
    case "hello":
      return welcomed(event);
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
    case "chat.changed":
      return { ...room, messages: changed(room.messages, event.message) };
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
    case "activity":
      return { ...room, activity: [...room.activity, event.entry].slice(-ACTIVITY_KEPT) };
    case "activity.list":
      return { ...room, activity: event.entries };
    default:
      // `call.signal`, `error` and `pong` change nothing here; a newer server may send types that we don't know.
      return room;
  }
}

function welcomed(hello: Extract<ServerEvent, { type: "hello" }>): RoomSnapshot {
  const { session, messages, messagesBefore, runs, peers, recording, activity } = hello.state;
  return {
    status: session.status === "completed" ? "ended" : "live",
    refusal: null,
    waiting: null,
    me: hello.me,
    people: hello.people,
    session,
    messages,
    messagesBefore,
    runs,
    peers,
    recording,
    activity,
    typing: [],
  };
}

/** By whichever account of it is the newest; one that came before its message is told of is as good. */
function changed(messages: readonly ChatMessage[], message: ChatMessage): readonly ChatMessage[] {
  const known = messages.find(({ id }) => id === message.id);
  if (known) return known.rev < message.rev ? messages.map((one) => (one === known ? message : one)) : messages;
  return message.seq > (messages.at(-1)?.seq ?? 0) ? [...messages, message] : messages;
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
