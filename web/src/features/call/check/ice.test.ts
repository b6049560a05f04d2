import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { gather, GATHER_MS, routesOf } from "./ice";

/** As far as gathering goes. */
class FakeGatherer {
  onicecandidate: ((event: { candidate: { type: string } | null }) => void) | null = null;
  onicecandidateerror: ((event: { errorCode: number }) => void) | null = null;
  closed = false;
  constructor(readonly configuration: RTCConfiguration) {}
  createDataChannel = vi.fn();
  setLocalDescription = vi.fn(() => Promise.resolve());
  close(): void {
    this.closed = true;
  }
}

let made: FakeGatherer[];
beforeEach(() => {
  made = [];
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

const connect = (configuration: RTCConfiguration) => {
  const one = new FakeGatherer(configuration);
  made.push(one);
  return one as unknown as RTCPeerConnection;
};
const relay = (urls: string[]): RTCIceServer[] => [{ urls, username: "u", credential: "c" }];
const begin = (wanted: "srflx" | "relay" = "relay") => {
  const found = gather(relay(["turn:relay"]), wanted, connect);
  return { found, browser: made[0]! };
};

test("addresses are told apart by how they are reached", () => {
  const servers = [{ urls: "stun:a" }, ...relay(["turn:a", "turn:a?transport=tcp", "turns:a", "turn:b?transport=udp"])];
  const { stun, udp, tcp } = routesOf(servers);
  expect(stun).toEqual([{ urls: ["stun:a"] }]);
  expect(udp).toEqual([{ urls: ["turn:a", "turn:b?transport=udp"], username: "u", credential: "c" }]);
  expect(tcp.flatMap(({ urls }) => urls)).toEqual(["turn:a?transport=tcp", "turns:a"]);
  expect(routesOf([])).toEqual({ stun: [], udp: [], tcp: [] });
});

test("no servers, no connection", async () => {
  expect(await gather([], "relay", connect)).toBeNull();
  expect(made).toEqual([]);
});

test("the first address of the kind is enough", async () => {
  const { found, browser } = begin();
  expect(browser.configuration.iceTransportPolicy).toBe("relay");
  browser.onicecandidate?.({ candidate: { type: "relay" } });
  expect(await found).toBe("found");
  expect(browser.closed).toBe(true);
});

test("another kind of address does not count", async () => {
  const { found, browser } = begin("srflx");
  expect(browser.configuration.iceTransportPolicy).toBe("all");
  browser.onicecandidate?.({ candidate: { type: "host" } });
  browser.onicecandidate?.({ candidate: null });
  expect(await found).toBe("nothing");
});

test("a relay that refuses is told from one that is silent", async () => {
  const { found, browser } = begin();
  browser.onicecandidateerror?.({ errorCode: 401 });
  browser.onicecandidateerror?.({ errorCode: 701 });
  browser.onicecandidate?.({ candidate: null });
  expect(await found).toBe("refused");
});

test("a browser that goes on asking is not waited for", async () => {
  const { found, browser } = begin();
  await vi.advanceTimersByTimeAsync(GATHER_MS);
  expect(await found).toBe("nothing");
  expect(browser.closed).toBe(true);
});
