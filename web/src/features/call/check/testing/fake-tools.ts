/** Everything a checkup needs, working; a test breaks what it is about. */

import { msg } from "@lingui/core/macro";
import { vi } from "vitest";

import type { InputKind, Opened } from "../../devices";
import { FakeTrack } from "../../testing/fake-connection";
import type { Tools } from "../checkup";
import type { Gathered } from "../ice";

export const RELAYS: RTCIceServer[] = [
  { urls: ["stun:192.0.2.7:3478"] },
  { urls: ["turn:192.0.2.7:3478", "turn:192.0.2.7:3478?transport=tcp"], username: "1:ada", credential: "secret-credential" },
];

export class FakeTools implements Tools {
  camera = new FakeTrack("video");
  microphone = new FakeTrack("audio");
  broken: Partial<Record<InputKind, true>> = {};
  /** Set by `listen`: somebody talks. */
  hear: () => void = () => undefined;
  /** Whether somebody talks at once. */
  talking = true;
  ways: { srflx: Gathered | null; udp: Gathered | null; tcp: Gathered | null } = { srflx: "found", udp: "found", tcp: "found" };
  readonly stopped = vi.fn();

  abilities = vi.fn<Tools["abilities"]>(() => ({ secure: true, webrtc: true, screen: true, clipboard: true }));

  openInputs = vi.fn<Tools["openInputs"]>(() => {
    const opened: Opened = { inputs: { microphone: null, camera: null }, problems: {} };
    for (const kind of ["camera", "microphone"] as const) {
      if (this.broken[kind]) opened.problems[kind] = msg`It is blocked.`;
      else opened.inputs[kind] = this[kind] as unknown as MediaStreamTrack;
    }
    return Promise.resolve(opened);
  });

  listen = vi.fn<Tools["listen"]>((_, onHeard) => {
    this.hear = onHeard;
    if (this.talking) setTimeout(onHeard);
    return this.stopped;
  });

  playTone = vi.fn<Tools["playTone"]>(() => Promise.resolve());
  serverMs = vi.fn<Tools["serverMs"]>(() => Promise.resolve(12));
  socketMs = vi.fn<Tools["socketMs"]>(() => Promise.resolve(9));
  offer = vi.fn<Tools["offer"]>(() => Promise.resolve({ kind: "mesh", servers: RELAYS }));

  gather = vi.fn<Tools["gather"]>((servers, wanted) => {
    if (servers.length === 0) return Promise.resolve(null);
    if (wanted === "srflx") return Promise.resolve(this.ways.srflx);
    return Promise.resolve(JSON.stringify(servers).includes("transport=tcp") ? this.ways.tcp : this.ways.udp);
  });

  loop = vi.fn<Tools["loop"]>(() => Promise.resolve({ by: "relay", mbits: 20, ms: 30 }));
  sample = vi.fn<Tools["sample"]>((ms) => Promise.resolve({ by: "server", mbits: 50, ms }));
}
