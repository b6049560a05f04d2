import { describe, expect, test } from "vitest";

import type { Run } from "@/features/execution/model";

import { untouched } from "@/lib/testing/samples";

import { EMPTY_ROOM, reduce, type RoomSnapshot } from "./reducer";
import type { Activity, ChatMessage, Me, Person, RoomState, ServerEvent, Session } from "./types";

const session: Session = {
  id: "s1",
  problem: "Two Sum",
  problemSlug: "two-sum",
  difficulty: "easy",
  host: { id: "p1", name: "Ada", profileImage: null },
  participant: null,
  participants: [],
  status: "active",
  visibility: "open",
  capacity: 2,
  callId: "session_1_x",
  createdAt: "2026-11-23T10:00:00Z",
  updatedAt: "2026-11-23T10:00:00Z",
  endedAt: null,
  lobby: false,
  startedAt: "2026-11-23T10:00:00Z",
  locked: false,
  timer: null,
  quietUntil: null,
  aiPolicy: "unset",
  aiNote: "",
  replayFor: "staff",
  waiting: [],
  toAdmit: [],
};
const me: Me = { id: "p1", name: "Ada", role: "host", color: 0, connectionId: "c1" };
const ada: Person = { id: "p1", name: "Ada", profileImage: null, role: "host", color: 0, online: true, waiting: false, reading: false };
const ben: Person = { id: "p2", name: "Ben", profileImage: null, role: "candidate", color: 1, online: true, waiting: false, reading: false };

const message = (seq: number): ChatMessage => ({
  id: `m${seq}`,
  seq,
  personId: "p2",
  name: "Ben",
  text: `message ${seq}`,
  createdAt: "2026-11-23T10:00:00Z",
  ...untouched,
});

const run = (id: string, more: Partial<Run> = {}): Run => ({
  id,
  sessionId: "s1",
  by: { id: "p2", name: "Ben" },
  language: "python",
  mode: "run",
  status: "running",
  verdict: null,
  message: "",
  compileOutput: "",
  stdout: "",
  stderr: "",
  typed: [],
  takesInput: false,
  queuePosition: null,
  diagnostics: "",
  truncated: false,
  partial: false,
  exitCode: null,
  signal: null,
  compileMs: null,
  timeMs: null,
  memoryBytes: null,
  tests: [],
  passed: 0,
  total: 0,
  createdAt: "2026-11-23T10:00:00Z",
  finishedAt: null,
  ...more,
});

const hello = (state: Partial<RoomState> = {}): ServerEvent => ({
  type: "hello",
  me,
  people: [ada],
  state: { session, messages: [], messagesBefore: null, runs: [], peers: [], recording: false, activity: [], ...state },
  serverTime: "2026-11-23T10:00:00Z",
});

const after = (...events: ServerEvent[]): RoomSnapshot => events.reduce(reduce, EMPTY_ROOM);

test("hello is all that is needed to draw the room", () => {
  const room = after(hello({ messages: [message(1)], runs: [run("r1")] }));
  expect(room).toMatchObject({ status: "live", me, session, people: [ada] });
  expect(room.messages).toEqual([message(1)]);
  expect(room.runs).toEqual([run("r1")]);
});

test("hello of a session that is over says so", () => {
  expect(after(hello({ session: { ...session, status: "completed" } })).status).toBe("ended");
});

describe("each event changes what it tells of", () => {
  test("presence: the whole list", () => {
    expect(after(hello(), { type: "presence", people: [ada, ben] }).people).toEqual([ada, ben]);
  });

  test("session.changed", () => {
    const changed = { ...session, capacity: 3 };
    expect(after(hello(), { type: "session.changed", session: changed }).session).toEqual(changed);
  });

  test("session.ended ends the call and the typing too", () => {
    const peer = { connectionId: "c2", personId: "p2", name: "Ben", audio: true, video: true, screen: false };
    const over: Session = { ...session, status: "completed" };
    const room = after(
      hello({ peers: [peer] }),
      { type: "chat.typing", personId: "p2", typing: true },
      { type: "session.ended", session: over },
    );
    expect(room).toMatchObject({ status: "ended", session: over, peers: [], typing: [] });
  });

  test("chat.message: once, in order, and who sent it types no more", () => {
    const room = after(
      hello({ messages: [message(1)] }),
      { type: "chat.typing", personId: "p2", typing: true },
      { type: "chat.message", message: message(3) },
      { type: "chat.message", message: message(2) },
      { type: "chat.message", message: message(3) },
    );
    expect(room.messages.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(room.typing).toEqual([]);
  });

  test("chat.changed: the newest account of a message holds, whichever comes last", () => {
    const edited = { ...message(2), text: "edited", rev: 1, editedAt: "2026-11-23T10:05:00Z" };
    const gone = { ...message(2), text: "", rev: 2, deletedAt: "2026-11-23T10:06:00Z" };
    const tell = (one: ChatMessage): ServerEvent => ({ type: "chat.changed", message: one });
    const start = hello({ messages: [message(1), message(2)] });
    expect(after(start, tell(edited), tell(gone)).messages).toEqual([message(1), gone]);
    expect(after(start, tell(gone), tell(edited)).messages).toEqual([message(1), gone]);
    const early = after(hello({ messages: [message(1)] }), tell(edited), { type: "chat.message", message: message(2) });
    expect(early.messages).toEqual([message(1), edited]);
    expect(after(hello({ messages: [message(5)] }), tell(edited)).messages).toEqual([message(5)]); // of a page from before
  });

  test("activity: one more, and the whole list when one may see another part of it", () => {
    const noted = (seq: number): Activity => ({ seq, personId: "p2", at: "2026-11-23T10:00:00Z", act: { kind: "copy", what: "statement", chars: seq } });
    const room = after(hello({ activity: [noted(1)] }), { type: "activity", entry: noted(4) });
    expect(room.activity.map(({ seq }) => seq)).toEqual([1, 4]);
    expect(reduce(room, { type: "activity.list", entries: [noted(4)] }).activity).toEqual([noted(4)]);
    const full = after(hello({ activity: Array.from({ length: 500 }, (_, seq) => noted(seq)) }), { type: "activity", entry: noted(900) });
    expect(full.activity).toHaveLength(500);
    expect(full.activity[0]).toEqual(noted(1));
  });

  test("chat.typing: on and off", () => {
    const typing = after(hello(), { type: "chat.typing", personId: "p2", typing: true });
    expect(typing.typing).toEqual(["p2"]);
    expect(reduce(typing, { type: "chat.typing", personId: "p2", typing: true }).typing).toEqual(["p2"]);
    expect(reduce(typing, { type: "chat.typing", personId: "p2", typing: false }).typing).toEqual([]);
  });

  test("a run from its start over its output to its end", () => {
    const finished = run("r2", { status: "finished", verdict: "ok", stdout: "one\ntwo\n", stderr: "hm\n" });
    const running = after(
      hello({ runs: [run("r1")] }),
      { type: "run.started", run: run("r2", { status: "queued" }) },
      { type: "run.output", runId: "r2", stream: "stdout", text: "one\n" },
      { type: "run.output", runId: "r2", stream: "stderr", text: "hm\n" },
      { type: "run.output", runId: "r2", stream: "stdout", text: "two\n" },
      { type: "run.output", runId: "unknown", stream: "stdout", text: "?" },
    );
    expect(running.runs.map(({ id }) => id)).toEqual(["r2", "r1"]);
    expect(running.runs[0]).toMatchObject({ status: "running", stdout: "one\ntwo\n", stderr: "hm\n" });
    expect(reduce(running, { type: "run.finished", run: finished }).runs).toEqual([finished, run("r1")]);
  });

  test("what is typed to a run stands where it was typed, until its input ends", () => {
    const by = { id: "p2", name: "Ben" };
    const room = after(
      hello({ runs: [] }),
      { type: "run.started", run: run("r1", { status: "queued", takesInput: true }) },
      { type: "run.queued", runId: "r1", position: 3 },
      { type: "run.output", runId: "r1", stream: "stdout", text: "😀? " },
      { type: "run.input", runId: "r1", by, text: "x\n", ended: false },
    );
    const first = { by, text: "x\n", ended: false, stdoutAt: 4, stderrAt: 0 };
    expect(room.runs[0]).toMatchObject({ queuePosition: 3, takesInput: true, typed: [first] });
    const ended = reduce(room, { type: "run.input", runId: "r1", by, text: "", ended: true });
    expect(ended.runs[0]).toMatchObject({ takesInput: false, typed: [first, { ...first, text: "", ended: true }] });
  });

  test("what the checker of types says comes after the end", () => {
    const finished = run("r1", { status: "finished", diagnostics: null });
    const room = after(hello({ runs: [finished] }), { type: "run.diagnostics", runId: "r1", text: "a remark" });
    expect(room.runs).toEqual([{ ...finished, diagnostics: "a remark" }]);
  });

  test("a silent run is seen to run: it is told again when it has a place", () => {
    const room = after(
      hello({ runs: [run("r1", { status: "finished" })] }),
      { type: "run.started", run: run("r2", { status: "queued" }) },
      { type: "run.started", run: run("r2", { status: "running" }) },
    );
    expect(room.runs.map(({ id, status }) => [id, status])).toEqual([
      ["r2", "running"],
      ["r1", "finished"],
    ]);
  });

  test("output does not go on where only the beginning is known", () => {
    const partial = run("r1", { status: "running", stdout: "one\n", partial: true });
    const room = after(hello({ runs: [partial] }), { type: "run.output", runId: "r1", stream: "stdout", text: "nine\n" });
    expect(room.runs).toEqual([partial]);
  });

  test("the end of a run whose start was missed", () => {
    const finished = run("r9", { status: "finished" });
    expect(after(hello(), { type: "run.finished", run: finished }).runs).toEqual([finished]);
  });

  test("call.recording", () => {
    const room = after(hello(), { type: "call.recording", recording: true });
    expect(room.recording).toBe(true);
    expect(after(hello({ recording: true })).recording).toBe(true);
    expect(reduce(room, { type: "call.recording", recording: false }).recording).toBe(false);
  });

  test("me", () => {
    expect(after(hello(), { type: "me", me: { ...me, role: "observer" } }).me).toEqual({ ...me, role: "observer" });
  });

  test("waiting: nothing of the room stays, and the hello ends it", () => {
    const waiting = { type: "waiting", me, hostName: "Ada", reason: "lobby", aiPolicy: "ask", aiNote: "", serverTime: "" } as const;
    const outside = after(hello({ messages: [message(1)] }), waiting);
    expect(outside).toEqual({ ...EMPTY_ROOM, status: "waiting", waiting });
    expect(reduce(outside, hello())).toEqual(after(hello()));
  });

  test("call.state", () => {
    const peer = { connectionId: "c2", personId: "p2", name: "Ben", audio: true, video: false, screen: false };
    expect(after(hello(), { type: "call.state", peers: [peer] }).peers).toEqual([peer]);
  });
});

describe("what tells nothing of the room's state leaves it alone", () => {
  test.each([
    { type: "pong" },
    { type: "error", code: "too_fast", message: "Slow down." },
    { type: "call.signal", sender: "c2", signal: { kind: "candidate", candidate: "" } },
    { type: "board.changed", of: "a newer server" },
  ])("$type", (event) => {
    const room = after(hello());
    expect(reduce(room, event as ServerEvent)).toBe(room);
  });
});

describe("hello after the connection was lost", () => {
  const before = after(hello({ messages: [message(5), message(6)], messagesBefore: 5 }));

  test("all is as it says: what was known before may have changed meanwhile", () => {
    const room = reduce(before, hello({ messages: [message(6), message(7)], messagesBefore: 6 }));
    expect(room.messages.map(({ seq }) => seq)).toEqual([6, 7]);
    expect(room.messagesBefore).toBe(6);
  });

  test("nobody is typing any more", () => {
    const typing = reduce(before, { type: "chat.typing", personId: "p2", typing: true });
    expect(reduce(typing, hello()).typing).toEqual([]);
  });
});
