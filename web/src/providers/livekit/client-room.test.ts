/** The vendor's real client, without a server: that our port reads it right. What it does over a network is not shown. */

import { ConnectionState, DisconnectReason, RemoteParticipant, Room, RoomEvent, Track } from "livekit-client";
import { beforeEach, expect, test, vi } from "vitest";

import { FakeMediaStream } from "@/features/call/testing/fake-connection";

import { ClientRoom } from "./client-room";
import type { EndReason } from "./room-port";

let room: Room;
let client: ClientRoom;
let heard: (EndReason | "changed" | "recording")[];

beforeEach(() => {
  vi.stubGlobal("MediaStream", FakeMediaStream);
  heard = [];
  room = new Room();
  client = new ClientRoom(
    { changed: () => heard.push("changed"), recording: () => heard.push("recording"), ended: (reason) => heard.push(reason) },
    room,
  );
  room.connect = () => Promise.resolve();
});

test("somebody else is read with what they send", () => {
  const ben = new RemoteParticipant({} as never, "PA_1", "ben:1", "Ben", '{"personId":"ben"}');
  const camera = { isMuted: false, track: { mediaStreamTrack: "the camera" } };
  const microphone = { isMuted: true, track: undefined };
  ben.getTrackPublication = ((source: Track.Source) => (({ [Track.Source.Camera]: camera, [Track.Source.Microphone]: microphone }) as Record<string, unknown>)[source]) as never;
  ben.audioLevel = 0.3;
  room.remoteParticipants.set("ben:1", ben);
  const [other] = client.others;
  expect(other).toMatchObject({
    identity: "ben:1",
    name: "Ben",
    metadata: '{"personId":"ben"}',
    lost: false,
    lines: { camera: { track: "the camera", muted: false }, microphone: { track: null, muted: true } },
  });
  expect(other?.lines.screen).toBeUndefined();
  expect(other?.loudness()).toBe(0.3);
});

test("changes, recordings and the end are told", async () => {
  await client.connect("wss://livekit", "t");
  room.emit(RoomEvent.ParticipantConnected, {} as never);
  room.emit(RoomEvent.RecordingStatusChanged, true);
  for (const reason of [DisconnectReason.PARTICIPANT_REMOVED, DisconnectReason.ROOM_DELETED, DisconnectReason.SIGNAL_CLOSE, undefined]) {
    room.emit(RoomEvent.Disconnected, reason);
  }
  expect(heard).toEqual(["changed", "recording", "removed", "deleted", "lost", "lost"]);
});

test("neither our own leaving nor a door that stays shut is an end", async () => {
  room.emit(RoomEvent.Disconnected, DisconnectReason.JOIN_FAILURE);
  await client.connect("wss://livekit", "t");
  const leave = vi.spyOn(room, "disconnect").mockResolvedValue();
  await client.disconnect();
  room.emit(RoomEvent.Disconnected, DisconnectReason.CLIENT_INITIATED);
  expect(heard).toEqual([]);
  expect(leave).toHaveBeenCalledWith(false); // our tracks go on
});

test("a cut of the signalling alone is none for people", () => {
  const steady = [ConnectionState.Connected, ConnectionState.SignalReconnecting, ConnectionState.Reconnecting].map((state) => {
    room.state = state;
    return client.steady;
  });
  expect(steady).toEqual([true, true, false]);
});

test("a camera goes out in several sizes, a screen in one", async () => {
  const publish = vi.spyOn(room.localParticipant, "publishTrack").mockResolvedValue({} as never);
  const track = {} as MediaStreamTrack;
  await client.publish("camera", track);
  await client.publish("screen", track);
  expect(publish.mock.calls.map(([, options]) => options)).toEqual([
    { source: Track.Source.Camera, simulcast: true },
    { source: Track.Source.ScreenShare, simulcast: false },
  ]);
});
