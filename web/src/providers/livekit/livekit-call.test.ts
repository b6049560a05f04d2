import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { NO_TRACKS } from "@/features/call/engine";
import { FakeMediaStream, FakeTrack } from "@/features/call/testing/fake-connection";
import { Refusal } from "@/lib/api/client";

import { LiveKitCall, PAUSE_MS, SETTLED_MS, TRIES_MAX } from "./livekit-call";
import { FakeLiveKit } from "./testing/fake-livekit";

let livekit: FakeLiveKit;
let call: LiveKitCall;
let phases: string[];

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("MediaStream", FakeMediaStream);
  livekit = new FakeLiveKit();
  phases = [];
  call = new LiveKitCall({ enter: () => livekit.enter(), open: livekit.open }, () => {
    if (phases.at(-1) !== call.state.phase) phases.push(call.state.phase);
  });
  call.begin({ me: { id: "ada", name: "Ada", role: "host", color: 0, connectionId: "c1" }, peers: [] });
});
afterEach(() => vi.useRealTimers());

const track = (kind = "video") => new FakeTrack(kind) as unknown as MediaStreamTrack;
const on = (kind = "video") => ({ track: track(kind), muted: false });
const refusal = (status: number) => new Refusal("no", "No.", status);

test("enters, and shows who is there and what they send", async () => {
  await call.join();
  expect(phases).toEqual(["joining", "in"]);
  const camera = on();
  livekit.room.comes("ben:1", "ben", { camera, microphone: { track: track("audio"), muted: true } });
  const [tile] = call.state.tiles;
  expect(tile).toMatchObject({ key: "ben", personId: "ben", name: "ben", audio: false, video: true, screen: false, link: "connected" });
  expect(tile?.streams.camera.getTracks()).toEqual([camera.track]);
  expect(tile?.loudness()).toBe(0.5);
  expect(call.state.peers?.map(({ personId }) => personId)).toEqual(["ada", "ben"]);
});

test("an element keeps its stream while tracks come and go", async () => {
  await call.join();
  livekit.room.comes("ben:1", "ben", { camera: on() });
  const before = call.state.tiles[0]?.streams.camera;
  const other = on();
  livekit.room.comes("ben:1", "ben", { camera: other });
  expect(call.state.tiles[0]?.streams.camera).toBe(before);
  expect(before?.getTracks()).toEqual([other.track]);
  livekit.room.comes("ben:1", "ben", {});
  expect(before?.getTracks()).toEqual([]);
  expect(call.state.tiles[0]?.video).toBe(false);
});

test("two windows of one person are two tiles; who did not come by our server keeps their own name", async () => {
  await call.join();
  livekit.room.comes("ben:1", "ben");
  livekit.room.comes("ben:2", "ben");
  const agent = { identity: "agent", name: "", metadata: "not json", lost: true, lines: {}, loudness: () => 0 };
  livekit.room.become({ others: [...livekit.room.others, agent] });
  expect(call.state.tiles.map(({ key }) => key)).toEqual(["ben", "ben#1", "agent"]);
  expect(call.state.tiles[2]).toMatchObject({ name: "agent", link: "reconnecting" });
});

test("while LiveKit mends a cut, everybody is being looked for again", async () => {
  await call.join();
  livekit.room.comes("ben:1", "ben");
  livekit.room.become({ steady: false });
  expect(call.state.tiles[0]?.link).toBe("reconnecting");
  livekit.room.become({ steady: true });
  expect(call.state.tiles[0]?.link).toBe("connected");
  expect(call.state.phase).toBe("in");
});

test("outside nobody is known, and leaving hangs up", async () => {
  expect(call.state.peers).toBeNull();
  await call.join();
  const { room } = livekit;
  call.leave();
  expect([room.gone, call.state.phase, call.state.peers]).toEqual([true, "out", null]);
  room.comes("ben:1", "ben"); // too late to matter
  expect(call.state.tiles).toEqual([]);
});

test("hanging up while on the way in wins", async () => {
  let letIn: () => void = () => undefined;
  livekit.connect = () => new Promise((resolve) => (letIn = resolve));
  const joining = call.join();
  await vi.advanceTimersByTimeAsync(0);
  call.leave();
  letIn();
  await joining;
  expect([call.state.phase, livekit.room.gone, livekit.rooms.length]).toEqual(["out", true, 1]);
});

test("what was on before is sent on entering, and again after a new entry", async () => {
  call.setLocal({ ...NO_TRACKS, camera: track(), microphone: track("audio") }, { audio: false, video: true, screen: false });
  await call.join();
  await vi.advanceTimersByTimeAsync(0);
  const wanted = [["microphone", true], ["camera", false]];
  const sent = () => [...livekit.room.published].map(([line, { muted }]) => [line, muted]);
  expect(sent()).toEqual(wanted);
  livekit.room.end("lost");
  expect(call.state.phase).toBe("joining");
  await vi.advanceTimersByTimeAsync(PAUSE_MS);
  expect([livekit.rooms.length, call.state.phase]).toEqual([2, "in"]);
  expect(sent()).toEqual(wanted);
});

test("a LiveKit that stays away is tried a few times, more and more slowly; then the person decides", async () => {
  await call.join();
  livekit.connect = () => Promise.reject(new Error("refused"));
  livekit.room.end("lost");
  await vi.advanceTimersByTimeAsync(PAUSE_MS * 2 ** TRIES_MAX);
  expect([call.state.phase, livekit.rooms.length]).toEqual(["stuck", TRIES_MAX]);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(livekit.rooms.length).toBe(TRIES_MAX);
  livekit.connect = () => Promise.resolve();
  await call.join();
  expect(call.state.phase).toBe("in");
});

test("who was in for long has all tries again", async () => {
  await call.join();
  for (let cut = 0; cut < TRIES_MAX * 2; cut += 1) {
    await vi.advanceTimersByTimeAsync(SETTLED_MS);
    livekit.room.end("lost");
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(call.state.phase).toBe("in");
  }
});

test("the network's return shortens the wait", async () => {
  await call.join();
  livekit.room.end("lost");
  call.retry();
  await vi.advanceTimersByTimeAsync(0);
  expect([call.state.phase, livekit.rooms.length]).toEqual(["in", 2]);
  call.retry(); // what is well is left alone
  expect(livekit.rooms.length).toBe(2);
});

test("shown out, one asks our server, and stays out when it says so", async () => {
  await call.join();
  livekit.room.end("removed");
  await vi.advanceTimersByTimeAsync(PAUSE_MS);
  expect(call.state.phase).toBe("in");
  livekit.enter = () => Promise.reject(refusal(403));
  livekit.room.end("removed");
  await vi.advanceTimersByTimeAsync(600_000);
  expect([call.state.phase, livekit.rooms.length]).toEqual(["stuck", 2]);
});

test("shown out again and again, one gives up", async () => {
  await call.join();
  for (let cut = 0; cut < 20 && call.state.phase !== "stuck"; cut += 1) {
    if (call.state.phase === "in") livekit.room.end("removed");
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
  }
  expect(livekit.rooms.length).toBeLessThanOrEqual(TRIES_MAX);
});

test("a deleted room is the end of the call", async () => {
  await call.join();
  livekit.room.end("deleted");
  await vi.advanceTimersByTimeAsync(600_000);
  expect([call.state.phase, livekit.rooms.length]).toEqual(["out", 1]);
});

test("without an answer of our server the first entry is the person's to repeat; later ones are tried again", async () => {
  livekit.enter = () => Promise.reject(refusal(0));
  await call.join();
  expect(call.state.phase).toBe("stuck");
  livekit.enter = () => Promise.resolve({ url: "wss://livekit", token: "t" });
  await call.join();
  livekit.enter = () => Promise.reject(refusal(503));
  livekit.room.end("lost");
  await vi.advanceTimersByTimeAsync(PAUSE_MS);
  expect(call.state.phase).toBe("joining");
  livekit.enter = () => Promise.resolve({ url: "wss://livekit", token: "t" });
  await vi.advanceTimersByTimeAsync(PAUSE_MS * 4);
  expect(call.state.phase).toBe("in");
});

test("a recording is known from LiveKit on entering, and from the room's events", async () => {
  const told = (recording: boolean) => call.hear({ type: "call.recording", recording });
  livekit.connect = () => {
    livekit.room.isRecording = true;
    return Promise.resolve();
  };
  await call.join();
  expect(call.state.recording).toBe(true);
  told(false);
  expect(call.state.recording).toBe(false);
  told(true);
  expect(call.state.recording).toBe(true);
  livekit.room.become({ isRecording: false });
  expect(call.state.recording).toBe(false);
});
