import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { NO_TRACKS } from "./lines";
import { ATTEMPT_MS, ATTEMPTS_MAX, CANDIDATES_MAX, DISCONNECTED_PATIENCE_MS, Peer, type PeerOptions } from "./peer";
import { FakeConnection, FakeMediaStream, FakeTrack } from "./testing/fake-connection";
import type { Signal } from "./wire";

interface Side {
  peer: Peer;
  connection: FakeConnection;
  sent: Signal[];
  changes: () => number;
}

/** `carry`: what happens to a signal on its way; by default it arrives one turn later, in order. */
function side(options: Partial<PeerOptions> & { polite: boolean }, carry: (signal: Signal) => void): Side {
  let connection: FakeConnection | undefined;
  let changes = 0;
  const sent: Signal[] = [];
  const peer = new Peer({
    iceServers: [{ urls: "turn:first" }],
    connect: (configuration) => (connection = new FakeConnection(configuration)) as unknown as RTCPeerConnection,
    send: (signal) => {
      sent.push(signal);
      carry(signal);
    },
    freshIceServers: () => Promise.resolve([{ urls: "turn:fresh" }]),
    onChange: () => (changes += 1),
    ...options,
  });
  return { peer, connection: connection!, sent, changes: () => changes };
}

function pair(options: Partial<PeerOptions> = {}): { first: Side; later: Side } {
  const later: Side = side({ ...options, polite: true }, (signal) => setTimeout(() => void first.peer.receive(signal), 1));
  const first: Side = side({ ...options, polite: false }, (signal) => setTimeout(() => void later.peer.receive(signal), 1));
  return { first, later };
}

const settle = (ms = 100): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const track = (kind: string): MediaStreamTrack => new FakeTrack(kind) as unknown as MediaStreamTrack;
const kinds = (one: Side): string[] => one.sent.map((s) => (s.kind === "description" ? s.type : s.kind));
const senders = (one: Side): unknown[] => one.connection.getTransceivers().map(({ sender }) => sender.track);
const agreed = ({ first, later }: { first: Side; later: Side }): void => {
  expect(first.connection.signalingState).toBe("stable");
  expect(later.connection.signalingState).toBe("stable");
  expect(first.connection.localDescription).toEqual(later.connection.remoteDescription);
  expect(later.connection.localDescription).toEqual(first.connection.remoteDescription);
  expect(first.peer.problem).toBeNull();
  expect(later.peer.problem).toBeNull();
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("MediaStream", FakeMediaStream);
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the first negotiation", () => {
  test("the one who was here first offers three lines, the other answers with both directions", async () => {
    const both = pair();
    await settle();
    agreed(both);
    expect(kinds(both.first).filter((k) => k !== "candidate")).toEqual(["offer"]);
    expect(kinds(both.later).filter((k) => k !== "candidate")).toEqual(["answer"]);
    for (const { connection, peer } of [both.first, both.later]) {
      expect(connection.getTransceivers().map((t) => [t.receiver.track.kind, t.direction])).toEqual([
        ["audio", "sendrecv"],
        ["video", "sendrecv"],
        ["video", "sendrecv"],
      ]);
      expect(peer.remote.microphone.getTracks()).toHaveLength(1);
      expect(peer.remote.screen.getTracks()).toEqual([connection.getTransceivers()[2]!.receiver.track]);
      expect(connection.added).toHaveLength(1);
    }
  });

  test("voice and face travel as one stream, the screen as another, on both sides", async () => {
    const both = pair();
    await settle();
    for (const { connection } of [both.first, both.later]) {
      const [voice, face, desk] = connection.getTransceivers().map(({ sender }) => sender.streams[0]);
      expect(voice).toBe(face);
      expect(desk).not.toBe(face);
    }
  });

  test("candidates that come before their description wait for it", async () => {
    const held: Signal[] = [];
    const later: Side = side({ polite: true }, (signal) => void first.peer.receive(signal));
    const first: Side = side({ polite: false }, (signal) => held.push(signal));
    await settle();
    await Promise.all(held.reverse().map((signal) => later.peer.receive(signal)).map(() => settle()));
    expect(held[0]!.kind).toBe("candidate");
    expect(later.connection.added).toHaveLength(1);
    agreed({ first, later });
  });

  test("who floods us with candidates before any description fills no memory", async () => {
    const { peer, connection } = side({ polite: true }, () => undefined);
    const candidate: Signal = { kind: "candidate", candidate: "x", sdpMid: "0", sdpMLineIndex: 0, usernameFragment: "a.1" };
    const sdp = JSON.stringify({ by: "a", generation: 1, kinds: ["audio", "video", "video"] });
    const flood = Array.from({ length: CANDIDATES_MAX + 50 }, () => peer.receive(candidate));
    flood.push(peer.receive({ kind: "description", type: "offer", sdp }));
    await settle(5_000);
    await Promise.all(flood);
    expect(connection.added).toHaveLength(CANDIDATES_MAX);
  });
});

describe("switching things on and off", () => {
  test("never negotiates", async () => {
    const both = pair();
    await settle();
    const before = both.first.sent.length;
    const [microphone, camera, screen] = [track("audio"), track("video"), track("video")];
    both.first.peer.setTracks({ microphone, camera, screen });
    await settle();
    expect(senders(both.first)).toEqual([microphone, camera, screen]);
    both.first.peer.setTracks({ microphone, camera: null, screen: null });
    await settle();
    expect(senders(both.first)).toEqual([microphone, null, null]);
    expect(both.first.sent).toHaveLength(before);
  });

  test("tracks and limits that were set before the lines exist are there with the first answer", async () => {
    const both = pair();
    const microphone = track("audio");
    both.later.peer.setTracks({ ...NO_TRACKS, microphone });
    both.later.peer.setLimits({ cameraBitrate: 1, cameraFramerate: 2, screenBitrate: 3 });
    await settle();
    expect(senders(both.later)).toEqual([microphone, null, null]);
    const limits = both.later.connection.getTransceivers().map(({ sender }) => sender.parameters.encodings[0]);
    expect(limits).toEqual([{}, { maxBitrate: 1, maxFramerate: 2 }, { maxBitrate: 3 }]);
  });
});

describe("glare", () => {
  test.each([0, 1, 2, 3])("both restart at once, %i ms apart: one yields, both agree", async (apart) => {
    const both = pair();
    await settle();
    both.first.peer.retry();
    await settle(apart);
    both.later.peer.retry();
    await settle();
    agreed(both);
    const generations = [both.first, both.later].map(({ connection }) => {
      expect(connection.getTransceivers()).toHaveLength(3);
      return (JSON.parse(connection.localDescription!.sdp) as { generation: number }).generation;
    });
    expect(generations[0]).toBeGreaterThan(1);
    expect(generations[0]).toBe(generations[1]);
  });

  test("the impolite one ignores the other's offer and its candidates, without complaint", async () => {
    const { peer, connection, sent } = side({ polite: false }, () => undefined);
    await settle();
    expect(connection.signalingState).toBe("have-local-offer");
    const offers = sent.length;
    await peer.receive({ kind: "description", type: "offer", sdp: "{}" });
    expect(connection.remoteDescription).toBeNull();
    expect(sent).toHaveLength(offers);
    const sdp = JSON.stringify({ by: "z", generation: 1, kinds: [] });
    void peer.receive({ kind: "description", type: "answer", sdp });
    void peer.receive({ kind: "description", type: "answer", sdp });
    await settle();
    expect(connection.signalingState).toBe("stable");
    expect(peer.problem).toBeNull();
  });
});

describe("recovery", () => {
  async function up(options: Partial<PeerOptions> = {}): Promise<{ first: Side; later: Side }> {
    const both = pair(options);
    await settle();
    both.first.connection.become("connected");
    both.later.connection.become("connected");
    return both;
  }

  test("a short drop heals by itself", async () => {
    const { first } = await up();
    first.connection.become("disconnected");
    expect(first.peer.state).toBe("reconnecting");
    await settle(DISCONNECTED_PATIENCE_MS - 1);
    first.connection.become("connected");
    await settle(60_000);
    expect(first.peer.state).toBe("connected");
    expect(first.connection.generation).toBe(1);
  });

  test("a longer one restarts ICE with fresh relay credentials", async () => {
    const { first, later } = await up();
    first.connection.become("disconnected");
    await settle(DISCONNECTED_PATIENCE_MS + 100);
    expect(first.connection.generation).toBe(2);
    expect(first.connection.configurations.at(-1)?.iceServers).toEqual([{ urls: "turn:fresh" }]);
    agreed({ first, later });
    first.connection.become("connected");
    await settle(60_000);
    expect(first.connection.generation).toBe(2);
  });

  test("`failed` restarts at once, several times, then says so; retry begins anew", async () => {
    const { first } = await up();
    first.connection.become("failed");
    await settle(100);
    expect(first.connection.generation).toBe(2);
    expect(first.peer.state).toBe("reconnecting");
    await settle(ATTEMPT_MS * (ATTEMPTS_MAX + 1));
    expect(first.peer.state).toBe("failed");
    expect(first.connection.generation).toBe(1 + ATTEMPTS_MAX);
    await settle(ATTEMPT_MS * 3);
    expect(first.connection.generation).toBe(1 + ATTEMPTS_MAX);
    first.peer.retry();
    await settle(100);
    expect(first.connection.generation).toBe(2 + ATTEMPTS_MAX);
    first.connection.become("connected");
    expect(first.peer.state).toBe("connected");
  });

  test("goes on with the servers it knows when new ones cannot be had", async () => {
    const { first } = await up({ freshIceServers: () => Promise.reject(new Error("server away")) });
    first.connection.become("failed");
    await settle(100);
    expect(first.connection.generation).toBe(2);
    expect(first.connection.configurations).toHaveLength(1);
  });

  test("an offer that got lost is made again", async () => {
    let lost = 0;
    const later: Side = side({ polite: true }, (signal) => void first.peer.receive(signal));
    const first: Side = side({ polite: false }, (signal) => {
      if (signal.kind === "description" && lost < 1) lost += 1;
      else void later.peer.receive(signal);
    });
    await settle();
    expect(later.connection.remoteDescription).toBeNull();
    await settle(ATTEMPT_MS);
    expect(first.connection.signalingState).toBe("stable");
    expect(first.connection.localDescription).toEqual(later.connection.remoteDescription);
    expect(first.peer.state).toBe("connecting");
  });

  test("tells that the other side closed", async () => {
    const { first } = await up();
    const changes = first.changes();
    first.connection.remoteCloses();
    expect(first.peer.remotelyClosed).toBe(true);
    expect(first.changes()).toBe(changes + 1);
  });
});

test("a closed peer is silent, whatever still arrives", async () => {
  const both = pair();
  await settle(1);
  both.later.peer.close();
  both.later.peer.close();
  const { length } = both.later.sent;
  const changes = both.later.changes();
  void both.later.peer.receive({ kind: "description", type: "offer", sdp: "{}" });
  both.later.peer.retry();
  both.later.connection.remoteCloses();
  await settle(ATTEMPT_MS * 10);
  expect(both.later.connection.signalingState).toBe("closed");
  expect(both.later.sent).toHaveLength(length);
  expect(both.later.changes()).toBe(changes);
});

test("loudness is what arrives", async () => {
  const both = pair();
  expect(both.later.peer.loudness()).toBe(0);
  await settle();
  expect(both.later.peer.loudness()).toBe(0.25);
});
