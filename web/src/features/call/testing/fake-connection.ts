/**
 * Two RTCPeerConnections without a network: the signalling state machine, roll-back, negotiation-needed and ICE restarts
 * as the W3C draft has them, each step one turn of the event loop late, so that races really happen.
 */

export class FakeMediaStream {
  private readonly tracks: Set<unknown>;

  constructor(tracks: unknown[] = []) {
    this.tracks = new Set(tracks);
  }

  addTrack(track: unknown): void {
    this.tracks.add(track);
  }

  removeTrack(track: unknown): void {
    this.tracks.delete(track);
  }

  getTracks(): unknown[] {
    return [...this.tracks];
  }

  getAudioTracks(): unknown[] {
    return this.getTracks().filter((track) => (track as FakeTrack).kind === "audio");
  }

  getVideoTracks(): unknown[] {
    return this.getTracks().filter((track) => (track as FakeTrack).kind === "video");
  }
}

export class FakeTrack extends EventTarget {
  enabled = true;
  readyState: "live" | "ended" = "live";
  contentHint = "";
  onended: (() => void) | null = null;
  constraints: unknown = null;

  constructor(
    readonly kind: string,
    readonly deviceId = "default",
  ) {
    super();
  }

  stop(): void {
    this.readyState = "ended";
  }

  getSettings(): { deviceId: string } {
    return { deviceId: this.deviceId };
  }

  /** Unplugged. */
  end(): void {
    this.readyState = "ended";
    this.onended?.();
  }

  applyConstraints(constraints: unknown): Promise<void> {
    this.constraints = constraints;
    return Promise.resolve();
  }
}

interface Description {
  type: RTCSdpType;
  sdp: string;
}

/** What our fake SDP says: who made it, which ICE generation, and the kinds of its lines. */
interface Sdp {
  by: string;
  generation: number;
  kinds: string[];
}

export interface FakeTransceiver {
  direction: string;
  sender: {
    track: unknown;
    transport: { state: string; onstatechange: (() => void) | null } | null;
    streams: unknown[];
    parameters: { encodings: Record<string, number>[] };
    replaceTrack: (track: unknown) => Promise<void>;
    setStreams: (...streams: unknown[]) => void;
    getParameters: () => { encodings: Record<string, number>[] };
    setParameters: (parameters: { encodings: Record<string, number>[] }) => Promise<void>;
  };
  receiver: { track: FakeTrack; getSynchronizationSources: () => { audioLevel: number }[] };
}

let serial = 0;
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

export class FakeConnection {
  onnegotiationneeded: (() => void) | null = null;
  onicecandidate: ((event: { candidate: unknown }) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  signalingState: RTCSignalingState = "stable";
  connectionState: RTCPeerConnectionState = "new";
  localDescription: Description | null = null;
  remoteDescription: Description | null = null;
  readonly name = `c${(serial += 1)}`;
  readonly added: string[] = [];
  configurations: RTCConfiguration[];
  transport = { state: "new", onstatechange: null as (() => void) | null };
  generation = 1;
  private transceivers: FakeTransceiver[] = [];
  private stable: [Description | null, Description | null] = [null, null];
  private needed = false;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(configuration: RTCConfiguration) {
    this.configurations = [configuration];
  }

  addTransceiver(kind: string, init: { direction: string; streams: unknown[] }): FakeTransceiver {
    const made = this.make(kind, init.direction, init.streams);
    this.need();
    return made;
  }

  getTransceivers(): FakeTransceiver[] {
    return this.transceivers;
  }

  setConfiguration(configuration: RTCConfiguration): void {
    if (this.signalingState === "closed") throw new DOMException("closed", "InvalidStateError");
    this.configurations.push(configuration);
  }

  restartIce(): void {
    this.generation += 1;
    this.need();
  }

  setLocalDescription(): Promise<void> {
    return this.chain(() => {
      const answer = this.signalingState === "have-remote-offer";
      if (!answer) this.needed = false;
      const description = this.describe(answer ? "answer" : "offer");
      if (answer) this.settle(description, this.remoteDescription);
      else this.signalingState = "have-local-offer";
      this.localDescription = description;
      const candidate = this.candidate();
      setTimeout(() => this.onicecandidate?.({ candidate }), 0);
    });
  }

  setRemoteDescription(description: Description): Promise<void> {
    return this.chain(() => {
      if (description.type === "offer") {
        if (this.signalingState === "have-local-offer") this.rollBack();
        this.signalingState = "have-remote-offer";
        // Whoever is asked to restart answers with new candidates too.
        this.generation = Math.max(this.generation, read(description).generation);
        for (const [index, kind] of read(description).kinds.entries()) {
          if (!this.transceivers[index]) this.make(kind, "recvonly", []);
        }
      } else {
        if (this.signalingState !== "have-local-offer") throw new DOMException("no offer", "InvalidStateError");
        this.settle(this.localDescription, description);
      }
      this.remoteDescription = description;
    });
  }

  addIceCandidate(candidate: { candidate: string; usernameFragment: string | null }): Promise<void> {
    return this.chain(() => {
      if (!this.remoteDescription) throw new DOMException("no remote description", "InvalidStateError");
      const { by, generation } = read(this.remoteDescription);
      if (candidate.usernameFragment !== `${by}.${generation}`) throw new DOMException("foreign", "OperationError");
      this.added.push(candidate.candidate);
    });
  }

  getStats(): Promise<Map<string, unknown>> {
    return Promise.resolve(new Map<string, unknown>());
  }

  close(): void {
    this.signalingState = "closed";
    this.connectionState = "closed";
  }

  // What the network does.

  become(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  remoteCloses(): void {
    this.transport.state = "closed";
    this.transport.onstatechange?.();
  }

  private make(kind: string, direction: string, streams: unknown[]): FakeTransceiver {
    const { transport } = this;
    const made: FakeTransceiver = {
      direction,
      sender: {
        track: null,
        transport,
        streams,
        parameters: { encodings: [{}] },
        replaceTrack: (track) => {
          made.sender.track = track;
          return Promise.resolve();
        },
        setStreams: (...next) => (made.sender.streams = next),
        getParameters: () => structuredClone(made.sender.parameters),
        setParameters: (parameters) => {
          made.sender.parameters = parameters;
          return Promise.resolve();
        },
      },
      receiver: { track: new FakeTrack(kind), getSynchronizationSources: () => [{ audioLevel: 0.25 }] },
    };
    this.transceivers.push(made);
    return made;
  }

  private describe(type: RTCSdpType): Description {
    const kinds = this.transceivers.map(({ receiver }) => receiver.track.kind);
    const sdp: Sdp = { by: this.name, generation: this.generation, kinds };
    return { type, sdp: JSON.stringify(sdp) };
  }

  private candidate(): unknown {
    const fragment = `${this.name}.${this.generation}`;
    return { candidate: `candidate:${fragment}`, sdpMid: "0", sdpMLineIndex: 0, usernameFragment: fragment };
  }

  private settle(local: Description | null, remote: Description | null): void {
    this.signalingState = "stable";
    this.stable = [local, remote];
    if (this.needed) this.fire();
  }

  private rollBack(): void {
    [this.localDescription, this.remoteDescription] = this.stable;
    this.signalingState = "stable";
    this.needed = true;
  }

  private need(): void {
    if (this.needed) return;
    this.needed = true;
    if (this.signalingState === "stable") this.fire();
  }

  private fire(): void {
    queueMicrotask(() => {
      if (this.needed && this.signalingState === "stable") this.onnegotiationneeded?.();
    });
  }

  private chain(step: () => void): Promise<void> {
    const run = this.queue.then(turn).then(() => {
      if (this.signalingState === "closed") return new Promise<void>(() => undefined); // as the draft: never settles
      step();
      return undefined;
    });
    this.queue = run.catch(() => undefined);
    return run;
  }
}

function read(description: Description): Sdp {
  return JSON.parse(description.sdp) as Sdp;
}
