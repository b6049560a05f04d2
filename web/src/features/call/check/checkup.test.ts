import { i18n } from "@lingui/core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Checkup, SILENCE_MS } from "./checkup";
import { CHECKS, type CheckId, summaryOf } from "./model";
import { reportOf } from "./report";
import { FakeTools, RELAYS } from "./testing/fake-tools";

let tools: FakeTools;
let checkup: Checkup;
beforeEach(() => {
  tools = new FakeTools();
  checkup = new Checkup(tools);
});
afterEach(() => vi.useRealTimers());

const state = (id: CheckId) => checkup.state.findings[id].state;
const says = (id: CheckId) => i18n._(checkup.state.findings[id].says);
const title = () => i18n._(summaryOf(checkup.state.findings, checkup.state.phase).title);

test("nothing is asked before the person starts", () => {
  expect(CHECKS.map(state)).toEqual(CHECKS.map(() => "waiting"));
  expect(tools.openInputs).not.toHaveBeenCalled();
  expect(tools.offer).not.toHaveBeenCalled();
});

test("where everything works one is ready", async () => {
  const running = checkup.run();
  expect(checkup.state.phase).toBe("running");
  expect(state("relay")).toBe("running");
  await running;
  expect(CHECKS.filter((id) => state(id) !== "ok")).toEqual(["speakers"]);
  expect(title()).toBe("You are ready");
  expect(checkup.state.findings.speed.measured).toBe("20 Mbit/s · 30 ms");
  expect(tools.sample).not.toHaveBeenCalled();
  // One kind of server at a time: else nobody knows which one answered.
  expect(tools.gather.mock.calls.map(([servers]) => servers.flatMap(({ urls }) => urls))).toEqual([
    ["stun:192.0.2.7:3478"],
    ["turn:192.0.2.7:3478"],
    ["turn:192.0.2.7:3478?transport=tcp"],
  ]);
});

test("without a camera one can take part, and is told how to get it", async () => {
  tools.broken.camera = true;
  await checkup.run();
  expect(state("camera")).toBe("failed");
  expect(says("camera")).toBe("It is blocked.");
  expect(title()).toBe("You can take part without camera");
});

test.each([
  [{ microphone: true } as const, "You can take part, but nobody hears you"],
  [{ camera: true, microphone: true } as const, "You can take part without camera and microphone"],
])("without %o: %s", async (broken, said) => {
  tools.broken = broken;
  await checkup.run();
  expect(title()).toBe(said);
});

test("a silent microphone is told, and heard when it speaks after all", async () => {
  vi.useFakeTimers();
  tools.talking = false;
  const running = checkup.run();
  await vi.advanceTimersByTimeAsync(SILENCE_MS);
  await running;
  expect(state("microphone")).toBe("warning");
  expect(says("microphone")).toMatch(/mute switch/);
  tools.hear();
  expect(state("microphone")).toBe("ok");
});

test("where UDP is blocked the call goes over TCP, and the speed is that of this way", async () => {
  tools.ways = { srflx: "nothing", udp: "nothing", tcp: "found" };
  await checkup.run();
  expect([state("udp"), state("tcp"), state("relay")]).toEqual(["warning", "ok", "ok"]);
  expect(says("udp")).toMatch(/over TCP instead/);
  expect(tools.loop.mock.lastCall?.[0].flatMap(({ urls }) => urls)).toEqual(["turn:192.0.2.7:3478?transport=tcp"]);
  expect(title()).toBe("You are ready");
});

test("where nothing gets through, the speed is taken from the server", async () => {
  tools.ways = { srflx: "nothing", udp: "nothing", tcp: "nothing" };
  await checkup.run();
  expect([state("udp"), state("tcp"), state("relay"), state("speed")]).toEqual(["failed", "failed", "failed", "ok"]);
  expect(says("speed")).toMatch(/from this server/);
  expect(title()).toBe("You can take part, but the call may not connect");
});

test("a relay that refuses is the host's business, and still shows that UDP works", async () => {
  tools.ways = { srflx: null, udp: "refused", tcp: "refused" };
  await checkup.run();
  expect([state("udp"), state("tcp"), state("relay")]).toEqual(["ok", "ok", "failed"]);
  expect(says("relay")).toMatch(/TURN_SECRET/);
});

test("a relay that carries nothing is doubted", async () => {
  tools.loop.mockResolvedValue(null);
  await checkup.run();
  expect(state("relay")).toBe("warning");
  expect(says("speed")).toMatch(/from this server/);
});

test("without a relay the host is named as the one who can help", async () => {
  tools.offer.mockResolvedValue({ kind: "mesh", servers: [] });
  await checkup.run();
  expect([state("udp"), state("tcp"), state("relay")]).toEqual(["skipped", "skipped", "warning"]);
  expect(says("relay")).toMatch(/ask the host/);
  expect(title()).toBe("You are ready");
});

test("STUN alone that does not answer is a doubt, no verdict", async () => {
  tools.offer.mockResolvedValue({ kind: "mesh", servers: RELAYS.slice(0, 1) });
  tools.ways = { srflx: "nothing", udp: null, tcp: null };
  await checkup.run();
  expect([state("udp"), state("relay")]).toEqual(["warning", "warning"]);
});

test.each([
  [{ kind: "stranger" } as const, /Sign in, or come from your invite/],
  [{ kind: "provider" } as const, /service of their own/],
  [{ kind: "refused", message: "This invite does not work." } as const, /This invite does not work\./],
])("what cannot be tested says why: %o", async (offer, why) => {
  tools.offer.mockResolvedValue(offer);
  await checkup.run();
  for (const id of ["udp", "tcp", "relay"] as const) {
    expect(state(id)).toBe("skipped");
    expect(says(id)).toMatch(why);
  }
  expect(tools.gather).not.toHaveBeenCalled();
  expect(state("speed")).toBe("ok");
});

test("a proxy that knows no WebSockets keeps one out of the room", async () => {
  tools.socketMs.mockResolvedValue(null);
  await checkup.run();
  expect(says("socket")).toMatch(/VPN/);
  expect(title()).toBe("You cannot take part yet");
});

test("a server that is away is said once, without asking it for more", async () => {
  tools.serverMs.mockResolvedValue(null);
  tools.offer.mockResolvedValue({ kind: "refused", message: "The server cannot be reached." });
  await checkup.run();
  expect(state("server")).toBe("failed");
  expect(tools.sample).not.toHaveBeenCalled();
  expect(state("speed")).toBe("warning");
});

test("a browser without calls is not asked for any", async () => {
  tools.abilities.mockReturnValue({ secure: true, webrtc: false, screen: false, clipboard: false });
  await checkup.run();
  expect([state("webrtc"), state("screen"), state("relay")]).toEqual(["failed", "warning", "skipped"]);
  expect(title()).toBe("You can take part, but not in the call");
});

test.each([
  [0.2, "warning", /Too slow for pictures/],
  [0.8, "warning", /pictures will be small/],
  [1.6, "ok", /Enough/],
] as const)("%d Mbit/s is %s", async (mbits, expected, words) => {
  tools.loop.mockResolvedValue({ by: "relay", mbits, ms: 40 });
  await checkup.run();
  expect(state("speed")).toBe(expected);
  expect(says("speed")).toMatch(words);
});

test("only the person can tell whether there was a sound, and need not tell twice", async () => {
  await checkup.playTone();
  expect(checkup.state.asking).toBe(true);
  expect(says("speakers")).toBe("Did you hear two notes?");
  checkup.answerTone(false);
  expect(state("speakers")).toBe("failed");
  await checkup.playTone();
  checkup.answerTone(true);
  await checkup.run();
  expect(state("speakers")).toBe("ok");
});

test("a camera pulled out is told", async () => {
  await checkup.run();
  tools.camera.end();
  expect(state("camera")).toBe("failed");
  expect(checkup.state.camera).toBeNull();
});

test("leaving gives the devices back, also those that come late", async () => {
  await checkup.run();
  checkup.stop();
  expect([tools.camera.readyState, tools.microphone.readyState]).toEqual(["ended", "ended"]);
  expect(tools.stopped).toHaveBeenCalled();

  tools = new FakeTools();
  checkup = new Checkup(tools);
  const running = checkup.run();
  checkup.stop();
  await running;
  expect([tools.camera.readyState, tools.microphone.readyState]).toEqual(["ended", "ended"]);
  expect(checkup.state.findings.server.state).toBe("running"); // what an earlier round finds is not written
});

test("the report says all of it in words, and nothing that is secret", async () => {
  tools.broken.camera = true;
  await checkup.run();
  const report = reportOf(checkup.state.findings, i18n, "Browser 1.0", new Date(0));
  expect(report).toBe(`Connection test, 1970-01-01T00:00:00.000Z
Browser 1.0

You can take part without camera

- Camera: Does not work. It is blocked.
- Microphone: Works. The others can hear you.
- Speakers: Not tested yet. Play the test tone, and say whether you heard it.
- Server (12 ms): Works. The server answers quickly.
- Live connection (9 ms): Works. What others type and run reaches you at once.
- Fast path (UDP): Works. Picture and sound can take the quickest way.
- Fallback path (TCP): Works. Where UDP is blocked, the call can go over TCP.
- Relay: Works. Where browsers cannot reach each other directly, the relay carries the call.
- Speed (20 Mbit/s · 30 ms): Works. Enough for picture and sound. Measured through the relay and back.
- Secure address: Works. The browser may give camera and microphone here.
- Calls: Works. This browser can make calls.
- Sharing a screen: Works. You can show your screen.
- Copy and paste: Works. Buttons of the page can copy for you.
`);
  expect(report).not.toMatch(/192\.0\.2|secret|ada/);
});
