/**
 * One connection to one other browser: W3C perfect negotiation over whatever carries the signals, and its recovery.
 *
 * Of two peers the impolite one (who was in the call first) makes the first offer. Later both may offer at the same
 * moment, to restart ICE after a network change: the polite one yields.
 */

import { type Limits, type Line, Lines, type Tracks } from "./lines";
import type { CandidateSignal, DescriptionSignal, Signal } from "./wire";

export type LinkState = "connecting" | "connected" | "reconnecting" | "failed";

export interface PeerOptions {
  polite: boolean;
  iceServers: RTCIceServer[];
  connect: (configuration: RTCConfiguration) => RTCPeerConnection;
  send: (signal: Signal) => void;
  /** Relay credentials end: a restart asks for new ones. */
  freshIceServers: () => Promise<RTCIceServer[]>;
  /** `state` or `remotelyClosed` is another one. */
  onChange: () => void;
}

/** A short drop heals by itself; measured: longer ones need a restart. */
export const DISCONNECTED_PATIENCE_MS = 2_500;
/** A restart that worked took up to 7.3 s to be connected (facts: media). */
export const ATTEMPT_MS = 9_000;
/** After so many restarts without success somebody has to look at the network. */
export const ATTEMPTS_MAX = 5;
/** Candidates that may wait for their description; a browser gathers a few dozen at most. */
export const CANDIDATES_MAX = 256;

export class Peer {
  state: LinkState = "connecting";
  /** The other browser closed its side: it left, reloaded, or went away on purpose. */
  remotelyClosed = false;
  /** The last step that failed. Not an end: the timer of the attempt notices when nothing comes of it. */
  problem: unknown = null;

  private readonly connection: RTCPeerConnection;
  private readonly lines: Lines;
  private makingOffer = false;
  private settingAnswer = false;
  private ignoringOffer = false;
  private closed = false;
  private candidates: CandidateSignal[] = [];
  private signals: Promise<void> = Promise.resolve();
  private attempts = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private watched: RTCDtlsTransport | null = null;

  constructor(private readonly options: PeerOptions) {
    this.connection = options.connect({ iceServers: options.iceServers, bundlePolicy: "max-bundle" });
    this.lines = new Lines(this.connection, this.complain);
    this.connection.onnegotiationneeded = () => void this.offer();
    this.connection.onicecandidate = ({ candidate }) => this.announce(candidate);
    this.connection.onconnectionstatechange = () => this.follow();
    this.later(ATTEMPT_MS);
    if (!options.polite) this.lines.layOut();
  }

  get remote(): Record<Line, MediaStream> {
    return this.lines.remote;
  }

  /** Send these from now on. Never negotiates. */
  setTracks(tracks: Tracks): void {
    this.lines.send(tracks);
  }

  setLimits(limits: Limits): void {
    this.lines.limit(limits);
  }

  /** A signal of the other side; handled one after the other, in the order of arrival. */
  receive(signal: Signal): Promise<void> {
    this.signals = this.signals.then(() => this.handle(signal)).catch(this.complain);
    return this.signals;
  }

  /** Start anew after `failed`, or right away when the network is known to be back. */
  retry(): void {
    this.attempts = 0;
    this.restart();
  }

  loudness(): number {
    return this.lines.loudness();
  }

  getStats(): Promise<RTCStatsReport> {
    return this.connection.getStats();
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.timer);
    this.connection.onnegotiationneeded = null;
    this.connection.onicecandidate = null;
    this.connection.onconnectionstatechange = null;
    if (this.watched) this.watched.onstatechange = null;
    this.connection.close();
  }

  private async offer(): Promise<void> {
    if (!this.lines.ready) return; // the first offer is the other side's
    try {
      this.makingOffer = true;
      await this.connection.setLocalDescription();
      this.describe();
    } catch (error) {
      this.complain(error);
    } finally {
      this.makingOffer = false;
    }
  }

  private describe(): void {
    const description = this.connection.localDescription;
    if (!description || this.closed) return;
    this.options.send({ kind: "description", type: description.type, sdp: description.sdp });
  }

  private announce(candidate: RTCIceCandidate | null): void {
    if (!candidate?.candidate) return; // nobody waits for the end of gathering
    const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
    this.options.send({ kind: "candidate", candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment });
  }

  private async handle(signal: Signal): Promise<void> {
    if (this.closed) return;
    if (signal.kind === "description") await this.handleDescription(signal);
    else await this.handleCandidate(signal);
  }

  private async handleDescription({ type, sdp }: DescriptionSignal): Promise<void> {
    const { signalingState } = this.connection;
    const ready = !this.makingOffer && (signalingState === "stable" || this.settingAnswer);
    this.ignoringOffer = !this.options.polite && type === "offer" && !ready;
    if (this.ignoringOffer) return;
    if (type === "answer" && signalingState !== "have-local-offer") return; // to an offer that was taken back

    this.settingAnswer = type === "answer";
    try {
      await this.connection.setRemoteDescription({ type, sdp });
    } finally {
      this.settingAnswer = false;
    }
    if (this.isClosed()) return;
    if (!this.lines.ready) this.lines.take();
    if (type === "offer") {
      await this.connection.setLocalDescription();
      this.describe();
    }
    this.watchTransport();
    this.lines.applyLimits();
    await this.addWaiting();
  }

  private async handleCandidate(signal: CandidateSignal): Promise<void> {
    if (this.connection.remoteDescription) await this.add(signal);
    else if (this.candidates.length < CANDIDATES_MAX) this.candidates.push(signal);
  }

  private async addWaiting(): Promise<void> {
    const waiting = this.candidates;
    this.candidates = [];
    for (const signal of waiting) await this.add(signal);
  }

  private async add({ candidate, sdpMid = null, sdpMLineIndex = null, usernameFragment = null }: CandidateSignal): Promise<void> {
    try {
      await this.connection.addIceCandidate({ candidate, sdpMid, sdpMLineIndex, usernameFragment });
    } catch (error) {
      // The candidates of an ignored offer belong to nothing here.
      if (!this.ignoringOffer) this.complain(error);
    }
  }

  private watchTransport(): void {
    const transport = this.lines.transport();
    if (!transport || transport === this.watched) return;
    this.watched = transport;
    transport.onstatechange = () => {
      if (transport.state !== "closed" || this.closed) return;
      this.remotelyClosed = true;
      this.options.onChange();
    };
  }

  private follow(): void {
    if (this.closed) return;
    switch (this.connection.connectionState) {
      case "connected":
        clearTimeout(this.timer);
        this.attempts = 0;
        this.lines.applyLimits();
        this.become("connected");
        break;
      case "disconnected":
        this.later(DISCONNECTED_PATIENCE_MS);
        this.become("reconnecting");
        break;
      case "failed":
        this.restart();
        break;
      default:
    }
  }

  private restart(): void {
    if (this.closed) return;
    if (this.attempts >= ATTEMPTS_MAX) {
      clearTimeout(this.timer);
      this.become("failed");
      return;
    }
    this.attempts += 1;
    this.become(this.state === "connecting" ? "connecting" : "reconnecting");
    this.later(ATTEMPT_MS);
    void this.restartWithFreshServers();
  }

  private async restartWithFreshServers(): Promise<void> {
    try {
      const iceServers = await this.options.freshIceServers();
      if (!this.isClosed()) this.connection.setConfiguration({ iceServers, bundlePolicy: "max-bundle" });
    } catch (error) {
      this.complain(error); // the server may be away; those we know may still do
    }
    if (this.isClosed() || !this.lines.ready) return;
    this.connection.restartIce();
    // An offer that is out may be lost for good; asking again makes one with the new candidates.
    if (this.connection.signalingState === "have-local-offer") await this.offer();
  }

  private become(state: LinkState): void {
    if (this.state === state) return;
    this.state = state;
    this.options.onChange();
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.restart(), ms);
  }

  /** Asked again after every wait: somebody may have hung up meanwhile. */
  private isClosed(): boolean {
    return this.closed;
  }

  private readonly complain = (error: unknown): void => {
    if (!this.closed) this.problem = error;
  };
}
