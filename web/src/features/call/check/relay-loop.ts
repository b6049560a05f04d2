/**
 * Through the relay and back: two connections in this page that may use nothing but the relay. What goes through them
 * takes the way that the call's picture would take, to the other person and back.
 */

import type { Connect } from "./ice";
import type { Speed } from "./judge-network";

const CONNECT_MS = 8_000;
const PINGS = 7;
/** What the operator's relay carries for a check, twice: in and out. */
export const LOAD_BYTES = 1_000_000;
export const LOAD_MS = 2_500;
const CHUNK_BYTES = 16_000;
/** More waiting in the browser would say nothing about the line. */
const WAITING_BYTES = 128_000;

/** Null: nothing came through. */
export async function loopThrough(servers: RTCIceServer[], connect: Connect, patience = CONNECT_MS): Promise<Speed | null> {
  const configuration: RTCConfiguration = { iceServers: servers, iceTransportPolicy: "relay" };
  const [near, far] = [connect(configuration), connect(configuration)];
  try {
    const channel = await within(patience, joined(near, far));
    const ms = await within(patience, roundTrip(channel));
    const mbits = await within(LOAD_MS + patience, throughput(channel));
    return { by: "relay", ms, mbits };
  } catch {
    return null;
  } finally {
    near.close();
    far.close();
  }
}

async function joined(near: RTCPeerConnection, far: RTCPeerConnection): Promise<RTCDataChannel> {
  pass(near, far);
  pass(far, near);
  far.ondatachannel = ({ channel }) => answerOn(channel);
  const channel = near.createDataChannel("check");
  channel.binaryType = "arraybuffer";
  const open = new Promise<void>((resolve) => (channel.onopen = () => resolve()));
  await near.setLocalDescription();
  if (near.localDescription) await far.setRemoteDescription(near.localDescription);
  await far.setLocalDescription();
  if (far.localDescription) await near.setRemoteDescription(far.localDescription);
  await open;
  return channel;
}

function pass(from: RTCPeerConnection, to: RTCPeerConnection): void {
  from.onicecandidate = ({ candidate }) => {
    if (candidate) void to.addIceCandidate(candidate).catch(() => undefined); // one less; the others may do
  };
}

/** The far end says words back, and tells how many bytes of a load have come. */
function answerOn(channel: RTCDataChannel): void {
  channel.binaryType = "arraybuffer";
  let bytes = 0;
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data instanceof ArrayBuffer) bytes += data.byteLength;
    else channel.send(data === "how much?" ? String(bytes) : "back");
  };
}

const heard = (channel: RTCDataChannel): Promise<string> =>
  new Promise((resolve) => (channel.onmessage = ({ data }: MessageEvent<unknown>) => resolve(String(data))));

async function roundTrip(channel: RTCDataChannel): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < PINGS; index += 1) {
    const begun = performance.now();
    const back = heard(channel);
    channel.send("there");
    await back;
    times.push(performance.now() - begun);
  }
  return median(times);
}

async function throughput(channel: RTCDataChannel): Promise<number> {
  const chunk = new Uint8Array(CHUNK_BYTES);
  const begun = performance.now();
  channel.bufferedAmountLowThreshold = WAITING_BYTES / 2;
  for (let sent = 0; sent < LOAD_BYTES && performance.now() - begun < LOAD_MS; sent += CHUNK_BYTES) {
    if (channel.bufferedAmount > WAITING_BYTES) await drained(channel);
    channel.send(chunk);
  }
  // The channel keeps the order: the answer comes when the last byte has come.
  const total = heard(channel);
  channel.send("how much?");
  return megabits(Number(await total), performance.now() - begun);
}

const drained = (channel: RTCDataChannel): Promise<void> =>
  new Promise((resolve) => (channel.onbufferedamountlow = () => resolve()));

export const megabits = (bytes: number, ms: number): number => (bytes * 8) / 1000 / Math.max(1, ms);

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DOMException("Too late", "TimeoutError")), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
