import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { FakeSocket } from "../testing/fake-socket";
import { Link, type LinkState } from "./link";
import type { Refusal } from "./refusal";

let states: LinkState[];
let probes: number;
let reason: Refusal | null;
let link: Link;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.install();
  states = [];
  probes = 0;
  reason = null;
  link = new Link({
    address: () => "ws://room",
    onOpen: () => undefined,
    onMessage: () => undefined,
    onState: (state) => states.push(state),
    probe: () => (probes += 1),
    diagnose: () => Promise.resolve(reason),
  });
  link.start();
});

afterEach(() => {
  link.stop();
  vi.useRealTimers();
});

const kinds = () => states.map(({ kind }) => kind);
const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000);

describe("after the connection broke", () => {
  test("it comes back by itself, later each time, and at once when the browser is back on the net", async () => {
    FakeSocket.last.accept();
    await seconds(6);
    for (let times = 1; times <= 6; times += 1) {
      FakeSocket.last.end(1006);
      await seconds(0);
      const before = FakeSocket.all.length;
      const least = Math.min(10, 0.4 * 2 ** (times - 1)) / 2;
      await seconds(least - 0.05);
      expect(FakeSocket.all.length).toBe(before);
      await seconds(least + 0.1);
      expect(FakeSocket.all.length).toBe(before + 1);
    }
    FakeSocket.last.end(1006);
    await seconds(0);
    const before = FakeSocket.all.length;
    dispatchEvent(new Event("online"));
    expect(FakeSocket.all.length).toBe(before + 1);
    await seconds(30);
    expect(FakeSocket.all.length - before).toBeLessThanOrEqual(2); // the timer that was under way is gone
  });

  test("soon when the server says that it restarts, slowly when we were too fast", async () => {
    FakeSocket.last.accept();
    FakeSocket.last.end(1012);
    await seconds(0.5);
    expect(FakeSocket.all.length).toBe(2);
    FakeSocket.last.accept();
    FakeSocket.last.end(4429);
    await seconds(1.9);
    expect(FakeSocket.all.length).toBe(2);
    await seconds(2.2);
    expect(FakeSocket.all.length).toBe(3);
  });
});

describe("a refusal is final", () => {
  test.each([
    [4400, "bad_frame"],
    [4401, "unauthenticated"],
    [4404, "not_found"],
    [4409, "ended"],
    [4413, "too_large"],
  ] as const)("close code %i is %s", async (code, refusal) => {
    FakeSocket.last.accept();
    FakeSocket.last.end(code);
    await seconds(60);
    expect(states.at(-1)).toEqual({ kind: "refused", refusal: { code: refusal } });
    expect(FakeSocket.all.length).toBe(1);
  });

  test("4403 is told apart: never let in, or taken out", async () => {
    FakeSocket.last.end(4403);
    await seconds(0);
    expect(states.at(-1)).toEqual({ kind: "refused", refusal: { code: "forbidden" } });

    link.start();
    FakeSocket.last.accept();
    FakeSocket.last.end(4403);
    await seconds(0);
    expect(states.at(-1)).toEqual({ kind: "refused", refusal: { code: "removed" } });
  });

  test("a failed handshake is asked about", async () => {
    reason = { code: "ended" };
    FakeSocket.last.end(1006);
    await seconds(0);
    expect(states.at(-1)).toEqual({ kind: "refused", refusal: { code: "ended" } });
  });

  test("a failed handshake without a reason is tried again", async () => {
    FakeSocket.last.end(1006);
    await seconds(1);
    expect(FakeSocket.all.length).toBe(2);
    expect(kinds()).toEqual(["waiting", "connecting"]);
  });
});

describe("silence", () => {
  test("is asked into, and without an answer the connection counts as dead", async () => {
    FakeSocket.last.accept();
    await seconds(17);
    expect(probes).toBe(1);
    await seconds(10);
    expect(FakeSocket.all[0]?.closed).toBe(true);
    await seconds(1);
    expect(FakeSocket.all.length).toBe(2);
  });

  test("with answers goes on for ever", async () => {
    const socket = FakeSocket.last;
    socket.accept();
    for (let times = 0; times < 10; times += 1) {
      await seconds(17);
      socket.say("pong");
    }
    expect(probes).toBeGreaterThan(5);
    expect(FakeSocket.all.length).toBe(1);
  });

  test("of a handshake is not waited for longer than ten seconds", async () => {
    await seconds(12);
    expect(FakeSocket.all.length).toBe(2);
  });

  test("is checked at once when the network changes", async () => {
    FakeSocket.last.accept();
    dispatchEvent(new Event("offline"));
    expect(probes).toBe(1);
    await seconds(6);
    expect(FakeSocket.all.length).toBe(2);
  });
});

test("an address may come later, and one of a try that is over is not used", async () => {
  let give: (address: string) => void = () => undefined;
  const later = new Link({
    address: () => new Promise<string>((resolve) => (give = resolve)),
    onOpen: () => {},
    onMessage: () => {},
    onState: () => {},
    probe: () => {},
    diagnose: () => Promise.resolve(null),
  });
  const before = FakeSocket.all.length;
  later.start();
  expect(FakeSocket.all.length).toBe(before);
  give("ws://room?ticket=1");
  await vi.advanceTimersByTimeAsync(0);
  expect(FakeSocket.all.at(-1)?.url).toBe("ws://room?ticket=1");
  later.stop();
  const stopped = FakeSocket.all.length;
  later.start();
  later.stop();
  give("ws://room?ticket=2");
  await vi.advanceTimersByTimeAsync(0);
  expect(FakeSocket.all.length).toBe(stopped);
});

test("an address that cannot be had is a failed try: why is asked for", async () => {
  const diagnose = vi.fn(() => Promise.resolve({ code: "unauthenticated" as const }));
  const states: string[] = [];
  const refused = new Link({
    address: () => Promise.reject(new Error("401")),
    onOpen: () => {},
    onMessage: () => {},
    onState: ({ kind }) => states.push(kind),
    probe: () => {},
    diagnose,
  });
  refused.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(diagnose).toHaveBeenCalled();
  expect(states.at(-1)).toBe("refused");
  refused.stop();
});

test("what is sent while there is no connection goes nowhere", () => {
  link.send("lost");
  FakeSocket.last.accept();
  link.send("arrives");
  expect(FakeSocket.last.sent).toEqual(["arrives"]);
});

test("after stop nothing happens any more", async () => {
  link.stop();
  expect(FakeSocket.last.closed).toBe(true);
  await seconds(60);
  expect(FakeSocket.all.length).toBe(1);
});
