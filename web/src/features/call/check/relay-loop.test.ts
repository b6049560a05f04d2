import { beforeEach, expect, test } from "vitest";

import { LOAD_BYTES, loopThrough, median, megabits } from "./relay-loop";

/** A channel whose two ends are joined, each message one turn of the event loop late. */
class FakeChannel {
  binaryType = "blob";
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onbufferedamountlow: (() => void) | null = null;
  other: FakeChannel | null = null;
  bytes = 0;

  send(data: string | Uint8Array): void {
    const size = typeof data === "string" ? data.length : data.byteLength;
    this.bytes += size;
    this.bufferedAmount += size;
    setTimeout(() => {
      this.bufferedAmount -= size;
      if (this.bufferedAmount <= this.bufferedAmountLowThreshold) this.onbufferedamountlow?.();
      this.other?.onmessage?.({ data: typeof data === "string" ? data : data.slice().buffer });
    });
  }
}

class FakeConnection {
  static all: FakeConnection[] = [];
  static relayed = true;
  onicecandidate: ((event: { candidate: unknown }) => void) | null = null;
  ondatachannel: ((event: { channel: FakeChannel }) => void) | null = null;
  localDescription: { type: string; sdp: string } | null = null;
  candidates: unknown[] = [];
  closed = false;
  readonly channel = new FakeChannel();

  constructor(readonly configuration: RTCConfiguration) {
    FakeConnection.all.push(this);
  }

  createDataChannel = () => this.channel;

  setLocalDescription(): Promise<void> {
    this.localDescription = { type: "offer", sdp: "" };
    setTimeout(() => this.onicecandidate?.({ candidate: "relayed" }));
    return Promise.resolve();
  }

  setRemoteDescription = () => Promise.resolve();

  addIceCandidate(candidate: unknown): Promise<void> {
    this.candidates.push(candidate);
    const [near, far] = FakeConnection.all as [FakeConnection, FakeConnection];
    if (FakeConnection.relayed && near.candidates.length > 0 && far.candidates.length > 0) {
      near.channel.other = far.channel;
      far.channel.other = near.channel;
      far.ondatachannel?.({ channel: far.channel });
      near.channel.onopen?.();
    }
    return Promise.resolve();
  }

  close(): void {
    this.closed = true;
  }
}

beforeEach(() => {
  FakeConnection.all = [];
  FakeConnection.relayed = true;
});
const connect = (configuration: RTCConfiguration) => new FakeConnection(configuration) as unknown as RTCPeerConnection;
const servers: RTCIceServer[] = [{ urls: ["turn:relay"] }];

test("speed and time of the way through the relay, which is the only one allowed", async () => {
  const speed = await loopThrough(servers, connect);
  expect(speed?.by).toBe("relay");
  expect(speed?.ms).toBeGreaterThanOrEqual(0);
  expect(speed?.mbits).toBeGreaterThan(0);
  for (const { configuration, closed } of FakeConnection.all) {
    expect(configuration).toEqual({ iceServers: servers, iceTransportPolicy: "relay" });
    expect(closed).toBe(true);
  }
});

test("the operator's relay is not filled without end", async () => {
  await loopThrough(servers, connect);
  const [near] = FakeConnection.all;
  expect(near!.channel.bytes).toBeLessThan(LOAD_BYTES * 1.05);
});

test("a relay that passes nothing on is given up", async () => {
  FakeConnection.relayed = false;
  expect(await loopThrough(servers, connect, 20)).toBeNull();
  expect(FakeConnection.all.map(({ closed }) => closed)).toEqual([true, true]);
});

test("numbers", () => {
  expect(median([5, 1, 900])).toBe(5);
  expect(median([])).toBe(0);
  expect(megabits(125_000, 1000)).toBe(1);
  expect(megabits(1, -5)).toBeLessThan(1);
});
