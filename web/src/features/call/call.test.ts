import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { GRACE_MS } from "./call";
import { NO_TRACKS } from "./lines";
import { FakeMediaStream, FakeTrack } from "./testing/fake-connection";
import { FakeRoom, type Member } from "./testing/fake-room";

const settle = (ms = 100): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const seenBy = ({ call }: Member): string[] => call.state.tiles.map((tile) => `${tile.name}:${tile.link}`);
const up = (...members: Member[]): void => {
  for (const { connections } of members) for (const one of connections) if (one.signalingState === "stable") one.become("connected");
};

let room: FakeRoom;
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("MediaStream", FakeMediaStream);
  room = new FakeRoom();
});
afterEach(() => {
  vi.useRealTimers();
});

async function inCall(...people: string[]): Promise<Member[]> {
  const members = people.map((person) => room.enter(person));
  for (const { call } of members) {
    await Promise.all([call.join(), settle(0)]);
    await settle();
  }
  up(...members);
  return members;
}

describe("joining", () => {
  test("two see each other; only who was first offered", async () => {
    const [ada, ben] = await inCall("ada", "ben");
    expect(seenBy(ada!)).toEqual(["ben:connected"]);
    expect(seenBy(ben!)).toEqual(["ada:connected"]);
    const descriptions = (member: Member) =>
      member.frames.flatMap((f) => (f.type === "call.signal" && f.signal.kind === "description" ? [f.signal.type] : []));
    expect(descriptions(ada!)).toEqual(["offer"]);
    expect(descriptions(ben!)).toEqual(["answer"]);
  });

  test("four make a mesh of three connections each", async () => {
    const members = await inCall("ada", "ben", "cyd", "dan");
    for (const { call, connections } of members) {
      expect(call.state.tiles).toHaveLength(3);
      expect(connections.map(({ signalingState }) => signalingState)).toEqual(["stable", "stable", "stable"]);
    }
  });

  test("before joining one knows who is in, and connects to nobody", async () => {
    const [ada] = await inCall("ada");
    const ben = room.enter("ben");
    expect(ben.call.state).toMatchObject({ phase: "out", tiles: [] });
    expect(ben.call.state.peers.map(({ name }) => name)).toEqual(["ada"]);
    expect(ada!.connections).toHaveLength(0);
  });

  test("signals that come before the list that names their sender are kept", async () => {
    const [ada] = await inCall("ada");
    const ben = room.enter("ben");
    const setPeers = ben.call.setPeers.bind(ben.call);
    const late: (() => void)[] = [];
    ben.call.setPeers = (peers) => late.push(() => setPeers(peers));
    await Promise.all([ben.call.join(), settle()]);
    expect(ben.call.state.tiles).toEqual([]);
    for (const tell of late) tell();
    await settle();
    up(ada!, ben);
    expect(seenBy(ben)).toEqual(["ada:connected"]);
  });

  test("what the call needs cannot be had: says so, and joins at the next try", async () => {
    room.iceServers = () => Promise.reject(new Error("away"));
    const ada = room.enter("ada");
    await Promise.all([ada.call.join(), settle()]);
    expect(ada.call.state.phase).toBe("stuck");
    expect(room.peers).toEqual([]);
    room.iceServers = () => Promise.resolve([]);
    await Promise.all([ada.call.join(), settle()]);
    expect(ada.call.state.phase).toBe("in");
  });

  test("a full call is left alone", async () => {
    const ada = room.enter("ada");
    vi.spyOn(room, "tell").mockImplementation(() => ada.call.refused());
    await Promise.all([ada.call.join(), settle()]);
    expect(ada.call.state.phase).toBe("full");
  });

  test("another window of ours took the place", async () => {
    const [ada] = await inCall("ada");
    room.peers = [{ connectionId: "other", personId: "ada", name: "ada", audio: false, video: false, screen: false }];
    room.tell();
    await settle();
    expect(ada!.call.state.phase).toBe("out");
  });
});

describe("what is on", () => {
  test("is told once per change, and with the join", async () => {
    const [ada, ben] = await inCall("ada", "ben");
    const on = { audio: true, video: false, screen: false };
    ada!.call.setLocal(NO_TRACKS, on);
    ada!.call.setLocal(NO_TRACKS, { ...on });
    await settle();
    expect(ada!.frames.filter(({ type }) => type === "call.media")).toEqual([{ type: "call.media", ...on }]);
    expect(ben!.call.state.tiles[0]).toMatchObject({ audio: true, video: false });
    room.cut(ada!);
    room.connect(ada!);
    await settle();
    expect(ada!.frames.at(-1)?.type === "call.signal" || ada!.frames.some((f) => f.type === "call.join" && f.audio)).toBe(true);
    expect(room.peers.at(-1)).toMatchObject({ personId: "ada", audio: true });
  });

  test("and changed between the join and its answer is told with the answer", async () => {
    const [ben] = await inCall("ben");
    const ada = room.enter("ada");
    ada.call.setLocal(NO_TRACKS, { audio: true, video: true, screen: false });
    await ada.call.join();
    expect(ada.frames.map(({ type }) => type)).toEqual(["call.join"]);
    ada.call.setLocal(NO_TRACKS, { audio: false, video: true, screen: false });
    await settle();
    expect(ada.frames.filter(({ type }) => type === "call.media")).toHaveLength(1);
    expect(ben!.call.state.tiles[0]).toMatchObject({ audio: false, video: true });
  });

  test("and changed before the call is entered again goes with the join only", async () => {
    const [ada] = await inCall("ada", "ben");
    room.cut(ada!);
    let answer: (servers: RTCIceServer[]) => void = () => undefined;
    room.iceServers = () => new Promise((resolve) => (answer = resolve));
    room.connect(ada!);
    const before = ada!.frames.length;
    ada!.call.setLocal(NO_TRACKS, { audio: true, video: false, screen: false });
    answer([]);
    await settle();
    const after = ada!.frames.slice(before).filter(({ type }) => type !== "call.signal");
    expect(after).toEqual([{ type: "call.join", audio: true, video: false, screen: false }]);
  });

  test("tracks go to everybody, also to who comes later", async () => {
    const [ada] = await inCall("ada", "ben");
    const camera = new FakeTrack("video") as unknown as MediaStreamTrack;
    ada!.call.setLocal({ ...NO_TRACKS, camera }, { audio: false, video: true, screen: false });
    const cyd = room.enter("cyd");
    await Promise.all([cyd.call.join(), settle()]);
    const cameras = ada!.connections.map((connection) => connection.getTransceivers()[1]!.sender.track);
    expect(cameras).toEqual([camera, camera]);
  });

  test("the more people, the less each sends", async () => {
    const [ada] = await inCall("ada", "ben", "cyd", "dan");
    const rates = ada!.connections.map((c) => c.getTransceivers()[1]!.sender.parameters.encodings[0]!.maxBitrate);
    expect(new Set(rates)).toEqual(new Set([200_000]));
    expect(ada!.connections[0]!.getTransceivers()[1]!.sender.parameters.encodings[0]!.maxFramerate).toBe(15);
  });
});

describe("leaving", () => {
  test("closes every connection and takes the tiles away", async () => {
    const [ada, ben] = await inCall("ada", "ben");
    ben!.call.leave();
    expect(ben!.call.state).toMatchObject({ phase: "out", tiles: [] });
    expect(ben!.connections[0]!.signalingState).toBe("closed");
    ada!.connections[0]!.remoteCloses();
    await settle();
    expect(seenBy(ada!)).toEqual([]);
    expect(ada!.connections[0]!.signalingState).toBe("closed");
  });

  test("and coming back works", async () => {
    const [ada, ben] = await inCall("ada", "ben");
    ben!.call.leave();
    await settle(GRACE_MS);
    await Promise.all([ben!.call.join(), settle()]);
    up(ada!, ben!);
    expect(seenBy(ada!)).toEqual(["ben:connected"]);
    expect(seenBy(ben!)).toEqual(["ada:connected"]);
  });
});

describe("an events socket that breaks", () => {
  test("keeps the picture until the new connection carries it", async () => {
    const [ada, ben] = await inCall("ada", "ben");
    const picture = ada!.call.state.tiles[0]!.streams.camera;
    const key = ada!.call.state.tiles[0]!.key;
    room.cut(ben!);
    await settle();
    expect(seenBy(ada!)).toEqual(["ben:reconnecting"]);
    expect(ada!.call.state.tiles[0]!.streams.camera).toBe(picture);

    room.connect(ben!);
    await settle();
    expect(ada!.connections).toHaveLength(2);
    expect(ada!.call.state.tiles).toHaveLength(1);
    expect(ada!.call.state.tiles[0]!.streams.camera).toBe(picture);
    expect(ada!.connections[0]!.signalingState).not.toBe("closed");

    up(ada!, ben!);
    expect(ada!.call.state.tiles[0]!.streams.camera).not.toBe(picture);
    expect(ada!.call.state.tiles[0]!.key).toBe(key);
    for (const { connections } of [ada!, ben!]) expect(connections.map((c) => c.signalingState)).toEqual(["closed", "stable"]);
  });

  test("of both (the server starts anew): nothing is seen of it", async () => {
    const [ada, ben] = await inCall("ada", "ben");
    const pictures = [ada!, ben!].map(({ call }) => call.state.tiles[0]!.streams.camera);
    room.restart();
    room.connect(ada!);
    await settle(3_000);
    expect(ada!.call.state.tiles[0]!.streams.camera).toBe(pictures[0]);
    room.connect(ben!);
    await settle();
    expect([ada!, ben!].map(({ call }) => call.state.tiles.map((t) => t.streams.camera))).toEqual(pictures.map((p) => [p]));
    up(ada!, ben!);
    expect(seenBy(ada!)).toEqual(["ben:connected"]);
    expect(seenBy(ben!)).toEqual(["ada:connected"]);
    expect(ada!.connections.map((c) => c.signalingState)).toEqual(["closed", "stable"]);
  });

  test("without the server noticing: nobody is seen twice, oneself least of all", async () => {
    const [ada, ben] = await inCall("ada", "ben");
    const dead = ben!.connectionId;
    const seen: string[][] = [];
    const look = () => seen.push(...[ada!, ben!].map(({ call }) => call.state.tiles.map(({ name }) => name)));
    room.lose(ben!);
    room.connect(ben!);
    look();
    await settle();
    look();
    expect(ben!.frames.filter(({ type }) => type === "call.join").at(-1)).toMatchObject({ replaces: dead });
    up(ada!, ben!);
    look();
    expect(seen).toEqual([["ben"], ["ada"], ["ben"], ["ada"], ["ben"], ["ada"]]);
    expect(seenBy(ada!)).toEqual(["ben:connected"]);
    expect(seenBy(ben!)).toEqual(["ada:connected"]);
  });

  test("twice, the second time before the call was entered again: the dead one is still named", async () => {
    const [ada, ben] = await inCall("ada", "ben");
    const dead = ben!.connectionId;
    room.lose(ben!);
    room.connect(ben!);
    room.lose(ben!); // its join is never heard
    await settle();
    room.connect(ben!);
    await settle();
    expect(ben!.frames.filter(({ type }) => type === "call.join").at(-1)).toMatchObject({ replaces: dead });
    expect(room.peers.map(({ personId }) => personId)).toEqual(["ada", "ben"]);
    expect(ada!.call.state.tiles).toHaveLength(1);
  });

  test("who does not come back is gone after a while", async () => {
    const [ada, ben] = await inCall("ada", "ben");
    room.cut(ben!);
    await settle(GRACE_MS - 500);
    expect(ada!.call.state.tiles).toHaveLength(1);
    await settle(1_000);
    expect(ada!.call.state.tiles).toHaveLength(0);
    expect(ada!.connections[0]!.signalingState).toBe("closed");
  });

  test("who is not in the session any more is gone at once", async () => {
    const [ada, ben] = await inCall("ada", "ben");
    room.cut(ben!);
    await settle();
    ada!.call.setMembers(new Set(["ada"]));
    expect(ada!.call.state.tiles).toHaveLength(0);
    expect(ada!.connections[0]!.signalingState).toBe("closed");
  });

  test("and whose picture stops too is gone at once", async () => {
    const [ada, ben] = await inCall("ada", "ben");
    room.cut(ben!);
    await settle();
    ada!.connections[0]!.become("disconnected");
    expect(ada!.call.state.tiles).toHaveLength(0);
  });
});

test("two windows of one person are two tiles", async () => {
  const [ada] = await inCall("ada", "ben", "ben");
  expect(ada!.call.state.tiles.map(({ key }) => key)).toEqual(["ben", "ben#1"]);
});

test("nothing happens after the room was left", async () => {
  const [ada, ben] = await inCall("ada", "ben");
  ada!.call.close();
  const { changes } = ada!;
  room.cut(ben!);
  await settle(GRACE_MS * 2);
  expect(ada!.changes).toBe(changes);
  expect(vi.getTimerCount()).toBe(0);
});
