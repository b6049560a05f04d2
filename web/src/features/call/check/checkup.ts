/** Runs the checks and keeps what they found. Knows nothing of React, and reaches the world only through `Tools`. */

import { msg } from "@lingui/core/macro";

import type { InputKind, Opened } from "../devices";

import { type Gathered, routesOf } from "./ice";
import { type Abilities, judgeBrowser } from "./judge-browser";
import {
  judgeRelay,
  judgeServer,
  judgeSocket,
  judgeSpeed,
  judgeTcp,
  judgeUdp,
  NO_WAYS,
  type Offer,
  type Speed,
  untested,
  type Ways,
} from "./judge-network";
import { type CheckId, CHECKS, type Finding, type Findings, NOTHING_YET, type Phase } from "./model";

export interface Tools {
  abilities: () => Abilities;
  openInputs: (kinds: readonly InputKind[]) => Promise<Opened>;
  /** Calls `onHeard` when the microphone hears somebody talk. */
  listen: (track: MediaStreamTrack, onHeard: () => void) => () => void;
  /** Resolves when it has been played, to whoever was there to hear it. */
  playTone: () => Promise<void>;
  serverMs: () => Promise<number | null>;
  socketMs: () => Promise<number | null>;
  offer: () => Promise<Offer>;
  gather: (servers: RTCIceServer[], wanted: "srflx" | "relay") => Promise<Gathered | null>;
  loop: (servers: RTCIceServer[]) => Promise<Speed | null>;
  sample: (ms: number) => Promise<Speed | null>;
}

export interface CheckupState {
  findings: Findings;
  phase: Phase;
  /** The test tone was played, and nobody has said yet whether it was heard. */
  asking: boolean;
  camera: MediaStreamTrack | null;
  microphone: MediaStreamTrack | null;
}

/** After so long in silence the person should look for the switch. */
export const SILENCE_MS = 8_000;
const SPEAKERS_LEFT: Finding = { state: "waiting", says: msg`Play the test tone, and say whether you heard it.` };
const BEGINNING: CheckupState = { findings: NOTHING_YET, phase: "before", asking: false, camera: null, microphone: null };

export class Checkup {
  state: CheckupState = BEGINNING;
  private readonly listeners = new Set<() => void>();
  /** What an earlier run finds out late is not wanted any more. */
  private round = 0;
  private stopListening: () => void = () => undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly tools: Tools) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  async run(): Promise<void> {
    this.stop();
    const round = this.round;
    const kept = this.state.findings.speakers;
    const speakers = kept.state === "ok" || kept.state === "failed" ? kept : SPEAKERS_LEFT;
    const findings = { ...NOTHING_YET };
    for (const id of CHECKS) findings[id] = { ...findings[id], state: "running" };
    this.set({ ...BEGINNING, findings: { ...findings, speakers }, phase: "running" });
    const can = this.tools.abilities();
    this.find(round, judgeBrowser(can));
    await Promise.all([this.checkDevices(round), this.checkNetwork(round, can)]);
    if (round === this.round) this.set({ phase: "done" });
  }

  /** Give the devices back, and forget what is under way. */
  stop(): void {
    this.round += 1;
    clearTimeout(this.silence);
    this.stopListening();
    this.stopListening = () => undefined;
    for (const track of [this.state.camera, this.state.microphone]) {
      if (!track) continue;
      track.onended = null;
      track.stop();
    }
    this.set({ camera: null, microphone: null, phase: "before" });
  }

  async playTone(): Promise<void> {
    this.set({ asking: false });
    this.find(this.round, { speakers: { state: "running", says: msg`Two notes are being played.` } });
    await this.tools.playTone().catch(() => undefined);
    this.find(this.round, { speakers: { state: "waiting", says: msg`Did you hear two notes?` } });
    this.set({ asking: true });
  }

  answerTone(heard: boolean): void {
    const says = heard
      ? msg`You can hear the others.`
      : msg`Turn the volume up, see whether the right speaker or headset is chosen in the system, then play the tone again.`;
    this.find(this.round, { speakers: { state: heard ? "ok" : "failed", says } });
    this.set({ asking: false });
  }

  private async checkDevices(round: number): Promise<void> {
    const { inputs, problems } = await this.tools.openInputs(["microphone", "camera"]);
    if (round !== this.round) {
      inputs.camera?.stop(); // too late: somebody left, or tests again
      inputs.microphone?.stop();
      return;
    }
    this.set(inputs);
    const missing = msg`It did not start. Test again, or take part without.`;
    const { camera, microphone } = inputs;
    if (camera) {
      this.find(round, { camera: { state: "ok", says: msg`The others can see you.` } });
      camera.onended = () => this.lose(round, "camera");
    } else this.find(round, { camera: { state: "failed", says: problems.camera ?? missing } });
    if (microphone) {
      microphone.onended = () => this.lose(round, "microphone");
      await this.hear(round, microphone);
    } else this.find(round, { microphone: { state: "failed", says: problems.microphone ?? missing } });
  }

  /** Resolves when somebody was heard, or it was quiet for too long; goes on listening. */
  private hear(round: number, track: MediaStreamTrack): Promise<void> {
    this.find(round, { microphone: { state: "running", says: msg`Say something.` } });
    return new Promise((resolve) => {
      this.silence = setTimeout(() => {
        const says = msg`The microphone is on, but we hear nothing. Say something; look for a mute switch, or choose another microphone in the system.`;
        this.find(round, { microphone: { state: "warning", says } });
        resolve();
      }, SILENCE_MS);
      this.stopListening = this.tools.listen(track, () => {
        clearTimeout(this.silence);
        this.find(round, { microphone: { state: "ok", says: msg`The others can hear you.` } });
        resolve();
      });
    });
  }

  private lose(round: number, kind: InputKind): void {
    if (round !== this.round) return;
    clearTimeout(this.silence);
    this.set({ [kind]: null });
    this.find(round, { [kind]: { state: "failed", says: msg`It was disconnected. Plug it in, then test again.` } });
  }

  private async checkNetwork(round: number, can: Abilities): Promise<void> {
    const [server, socket, offer] = await Promise.all([
      this.tools.serverMs().then((ms) => (this.find(round, { server: judgeServer(ms) }), ms)),
      this.tools.socketMs().then((ms) => (this.find(round, { socket: judgeSocket(ms) }), ms)),
      this.tools.offer(),
    ]);
    const without = can.webrtc ? untested(offer) : { state: "skipped" as const, says: msg`This browser makes no calls.` };
    if (without) this.find(round, { udp: without, tcp: without, relay: without });
    const servers = offer.kind === "mesh" && can.webrtc ? offer.servers : null;
    const carried = servers ? await this.checkWays(round, servers) : null;
    const speed = carried ?? (server === null ? null : await this.tools.sample(socket ?? server));
    this.find(round, { speed: judgeSpeed(speed) });
  }

  /** The speed through the relay, if it carried anything. */
  private async checkWays(round: number, servers: RTCIceServer[]): Promise<Speed | null> {
    const routes = routesOf(servers);
    const ways: Ways = { ...NO_WAYS };
    [ways.stun, ways.udp, ways.tcp] = await Promise.all([
      this.tools.gather(routes.stun, "srflx"),
      this.tools.gather(routes.udp, "relay"),
      this.tools.gather(routes.tcp, "relay"),
    ]);
    this.find(round, { udp: judgeUdp(ways), tcp: judgeTcp(ways) });
    let speed: Speed | null = null;
    const relays = ways.udp === "found" ? routes.udp : ways.tcp === "found" ? routes.tcp : null;
    if (relays) {
      speed = await this.tools.loop(relays);
      ways.carried = speed !== null;
    }
    this.find(round, { relay: judgeRelay(ways) });
    return speed;
  }

  private find(round: number, found: Partial<Record<CheckId, Finding>>): void {
    if (round === this.round) this.set({ findings: { ...this.state.findings, ...found } });
  }

  private set(change: Partial<CheckupState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
