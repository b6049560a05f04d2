import { beforeEach, expect, test, vi } from "vitest";

import { FakeSocket } from "@/features/room/testing/fake-socket";
import { fakeServer, refusal } from "@/lib/testing/fake-server";
import { config } from "@/lib/testing/samples";

import { offerFor, sampleSpeed, serverMs, socketMs } from "./server-probes";

beforeEach(() => FakeSocket.install());

test("the server is asked a few times", async () => {
  const asked = fakeServer({ "GET /api/health": { status: "ok" } });
  expect(await serverMs()).toBeGreaterThanOrEqual(0);
  expect(asked.length).toBeGreaterThan(3);
});

test("a server that is away has no time", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no")));
  expect(await serverMs()).toBeNull();
  expect(await sampleSpeed(1)).toBeNull();
  expect(await offerFor(null)).toMatchObject({ kind: "refused" });
});

test("a socket is timed by what comes back, then closed", async () => {
  const timed = socketMs();
  const socket = FakeSocket.last;
  expect(socket.url).toBe("ws://localhost:3000/api/check");
  socket.onsent = (data) => queueMicrotask(() => socket.say(data));
  socket.accept();
  expect(await timed).toBeGreaterThanOrEqual(0);
  expect(socket.sent).toEqual(["0", "1", "2", "3", "4"]);
  expect(socket.closed).toBe(true);
});

test("a socket that is refused has no time", async () => {
  const timed = socketMs();
  FakeSocket.last.end(1006);
  expect(await timed).toBeNull();
});

test("the servers of this server, with the invite one came by", async () => {
  const asked = fakeServer({
    "GET /api/config": config,
    "GET /api/check/ice": {
      iceServers: [
        { urls: ["stun:a"], username: null, credential: null },
        { urls: ["turn:a"], username: "1:ada", credential: "c" },
      ],
      expiresAt: "2026-11-23T12:00:00Z",
    },
  });
  const servers = [{ urls: ["stun:a"] }, { urls: ["turn:a"], username: "1:ada", credential: "c" }];
  expect(await offerFor("token")).toEqual({ kind: "mesh", servers });
  expect(asked.at(-1)?.query.get("invite")).toBe("token");
  await offerFor(null);
  expect(asked.at(-1)?.query.has("invite")).toBe(false);
});

test("who may not have them is told apart", async () => {
  fakeServer({ "GET /api/config": config, "GET /api/check/ice": refusal(401, "unauthenticated", "Sign in first.") });
  expect(await offerFor(null)).toEqual({ kind: "stranger" });
  fakeServer({ "GET /api/config": config, "GET /api/check/ice": refusal(429, "too_fast", "Not so fast.") });
  expect(await offerFor(null)).toEqual({ kind: "refused", message: "Not so fast." });
  const asked = fakeServer({ "GET /api/config": { ...config, call: "livekit" } });
  expect(await offerFor(null)).toEqual({ kind: "provider" });
  expect(asked).toHaveLength(1);
});

test("a sample is timed, one that is refused is not", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(new Uint8Array(1000))));
  expect(await sampleSpeed(7)).toMatchObject({ by: "server", ms: 7 });
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("", { status: 429 })));
  expect(await sampleSpeed(7)).toBeNull();
});
