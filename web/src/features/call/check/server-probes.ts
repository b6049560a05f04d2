/** The way to our own server: over HTTP, over a WebSocket, and how wide it is. */

import { answer, api, Refusal } from "@/lib/api/client";

import type { Offer, Speed } from "./judge-network";
import { median, megabits } from "./relay-loop";

const TRIES = 5;
const SOCKET_MS = 6_000;
const SAMPLE_MS = 8_000;

/** Milliseconds of a round trip; null: no answer. */
export async function serverMs(): Promise<number | null> {
  try {
    await answer(api.GET("/api/health", { cache: "no-store" })); // opens the connection, which is not what we measure
    const times: number[] = [];
    for (let index = 0; index < TRIES; index += 1) {
      const begun = performance.now();
      await answer(api.GET("/api/health", { cache: "no-store" }));
      times.push(performance.now() - begun);
    }
    return median(times);
  } catch {
    return null;
  }
}

/** The same over a WebSocket. Null: none was opened, or nothing came back. */
export function socketMs(): Promise<number | null> {
  return new Promise((resolve) => {
    const address = new URL("/api/check", location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address.href);
    const times: number[] = [];
    let begun = 0;
    const end = (ms: number | null) => {
      clearTimeout(timer);
      socket.onclose = null;
      socket.close();
      resolve(ms);
    };
    const timer = setTimeout(() => end(null), SOCKET_MS);
    const ask = () => {
      begun = performance.now();
      socket.send(String(times.length));
    };
    socket.onopen = ask;
    socket.onmessage = () => {
      times.push(performance.now() - begun);
      if (times.length < TRIES) ask();
      else end(median(times));
    };
    socket.onclose = () => end(null);
  });
}

/** What there is to test the ways of a call against. */
export async function offerFor(invite: string | null): Promise<Offer> {
  try {
    const config = await answer(api.GET("/api/config"));
    if (config.call !== "mesh") return { kind: "provider" };
    const query = invite === null ? {} : { invite };
    const { iceServers } = await answer(api.GET("/api/check/ice", { params: { query }, cache: "no-store" }));
    const servers = iceServers.map(({ urls, username, credential }) => ({
      urls,
      ...(username && { username }),
      ...(credential && { credential }),
    }));
    return { kind: "mesh", servers };
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) return { kind: "stranger" };
    return { kind: "refused", message: error instanceof Refusal ? error.message : "" };
  }
}

/** Bytes of the server, timed; for where there is no relay. */
export async function sampleSpeed(ms: number): Promise<Speed | null> {
  try {
    const begun = performance.now();
    const response = await fetch(new Request(new URL("/api/check/sample", location.href), { cache: "no-store", signal: AbortSignal.timeout(SAMPLE_MS) }));
    if (!response.ok) return null;
    const { byteLength } = await response.arrayBuffer();
    // The first of them were a round trip away.
    return { by: "server", ms, mbits: megabits(byteLength, performance.now() - begun - ms) };
  } catch {
    return null;
  }
}
