import { beforeEach, expect, test } from "vitest";

import { type Media, NO_TRACKS, type Tracks } from "@/features/call/engine";
import { FakeTrack } from "@/features/call/testing/fake-connection";

import { Publisher } from "./publisher";
import { FakeLiveKit, FakeLiveKitRoom } from "./testing/fake-livekit";

let room: FakeLiveKitRoom;
let publisher: Publisher;

beforeEach(() => {
  const nobody = () => undefined;
  room = new FakeLiveKitRoom(new FakeLiveKit(), { changed: nobody, recording: nobody, ended: nobody });
  publisher = new Publisher();
  publisher.into(room);
});

const track = (kind = "video") => new FakeTrack(kind) as unknown as MediaStreamTrack;
const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
const media = (audio: boolean): Media => ({ audio, video: true, screen: false });
const send = (tracks: Partial<Tracks>, audio = true) => {
  publisher.send({ ...NO_TRACKS, ...tracks }, media(audio));
  return publisher.settled();
};

test("muting, another device, switching off: each is one step", async () => {
  const [first, second] = [track("audio"), track("audio")];
  await send({ microphone: first });
  await send({ microphone: first }, false);
  await send({ microphone: second }, false);
  await send({ microphone: second });
  await send({ microphone: second });
  await send({});
  expect(room.steps).toEqual([
    "publish microphone",
    "mute microphone",
    "replace microphone",
    "unmute microphone",
    "unpublish microphone",
  ]);
});

test("what changes while a step is under way is caught up with, whatever came between", async () => {
  let go: () => void = () => undefined;
  room.publishing = () => new Promise((resolve) => (go = resolve));
  const [first, last] = [track(), track()];
  void send({ camera: first });
  await turn();
  void send({});
  void send({ camera: track() });
  void send({ camera: last });
  go();
  await publisher.settled();
  expect(room.steps).toEqual(["publish camera", "replace camera"]);
  expect(room.published.get("camera")?.track).toBe(last);
});

test("who mutes while LiveKit unmutes is not heard", async () => {
  const microphone = track("audio");
  await send({ microphone }, false);
  const waiting: (() => void)[] = [];
  room.muting = () => new Promise((resolve) => waiting.push(resolve));
  void send({ microphone }, true);
  await turn();
  void send({ microphone }, false);
  waiting[0]?.(); // LiveKit unmutes now, too late
  await turn();
  expect([waiting.length, microphone.enabled]).toEqual([2, false]);
  waiting[1]?.();
  await publisher.settled();
  expect([microphone.enabled, room.published.get("microphone")?.muted]).toEqual([false, true]);
});

test("a camera is never muted, only taken away", async () => {
  await send({ camera: track(), screen: track() }, false);
  expect([...room.steps].sort()).toEqual(["publish camera", "publish screen"]);
  await send({}, false);
  expect(room.published.size).toBe(0);
});

test("a step that fails stops neither the others nor the next try", async () => {
  const camera = track();
  room.publishing = () => Promise.reject(new Error("no permission"));
  await send({ camera });
  expect(publisher.problem).toBeInstanceOf(Error);
  room.publishing = () => Promise.resolve();
  await send({ camera });
  expect(room.published.get("camera")?.track).toBe(camera);
});

test("nothing is sent into a room that was left", async () => {
  void send({ camera: track() });
  publisher.into(null);
  await publisher.settled();
  expect(room.steps).toEqual([]);
});
