/**
 * The three lines of a connection, always in this order, each going both ways: microphone, camera, screen.
 *
 * They are laid out once, by the first offer. From then on switching something on or off is `replaceTrack`, which
 * negotiates nothing.
 */

export type Line = "microphone" | "camera" | "screen";
export const LINES: readonly Line[] = ["microphone", "camera", "screen"];

export type Tracks = Record<Line, MediaStreamTrack | null>;

export const NO_TRACKS: Tracks = { microphone: null, camera: null, screen: null };

/** How much of each picture to send; bits per second. */
export interface Limits {
  cameraBitrate: number;
  cameraFramerate: number;
  screenBitrate: number;
}

export class Lines {
  /** What the other side sends, each line by itself: voice is played apart from the tiles. */
  readonly remote: Record<Line, MediaStream> = {
    microphone: new MediaStream(),
    camera: new MediaStream(),
    screen: new MediaStream(),
  };
  ready = false;

  private tracks: Tracks = NO_TRACKS;
  private limits: Limits | null = null;
  /** Our streams only say which lines belong together, so that lips and voice are kept in step. */
  private readonly face = new MediaStream();
  private readonly desk = new MediaStream();

  constructor(
    private readonly connection: RTCPeerConnection,
    private readonly onProblem: (error: unknown) => void,
  ) {}

  /** On the side that offers first. */
  layOut(): void {
    for (const line of LINES) {
      const kind = line === "microphone" ? "audio" : "video";
      this.connection.addTransceiver(kind, { direction: "sendrecv", streams: [this.streamOf(line)] });
    }
    this.adopt();
  }

  /** On the other side: take over the lines of the first offer, before it is answered. */
  take(): void {
    this.each((line, transceiver) => {
      transceiver.direction = "sendrecv";
      transceiver.sender.setStreams(this.streamOf(line));
    });
    this.adopt();
  }

  send(tracks: Tracks): void {
    this.tracks = tracks;
    if (this.ready) this.attachTracks();
  }

  limit(limits: Limits): void {
    this.limits = limits;
    this.applyLimits();
  }

  /** Some browsers have no encodings to limit before the first description, so this is repeated once connected. */
  applyLimits(): void {
    const limits = this.limits;
    if (!limits || !this.ready) return;
    this.each((line, { sender }) => {
      if (line === "microphone") return;
      const parameters = sender.getParameters() as RTCRtpSendParameters & { degradationPreference?: string };
      const encoding = parameters.encodings[0];
      if (!encoding) return;
      encoding.maxBitrate = line === "camera" ? limits.cameraBitrate : limits.screenBitrate;
      if (line === "camera") encoding.maxFramerate = limits.cameraFramerate;
      else parameters.degradationPreference = "maintain-resolution"; // text must stay readable
      sender.setParameters(parameters).catch(this.onProblem);
    });
  }

  /** How loud the other side is, 0 to 1. */
  loudness(): number {
    const receiver = this.ready ? this.connection.getTransceivers()[0]?.receiver : undefined;
    return receiver?.getSynchronizationSources()[0]?.audioLevel ?? 0;
  }

  transport(): RTCDtlsTransport | null {
    return this.ready ? (this.connection.getTransceivers()[0]?.sender.transport ?? null) : null;
  }

  private adopt(): void {
    this.ready = true;
    this.each((line, { receiver }) => this.remote[line].addTrack(receiver.track));
    this.attachTracks();
    this.applyLimits();
  }

  private attachTracks(): void {
    this.each((line, { sender }) => {
      if (sender.track !== this.tracks[line]) sender.replaceTrack(this.tracks[line]).catch(this.onProblem);
    });
  }

  private each(visit: (line: Line, transceiver: RTCRtpTransceiver) => void): void {
    const transceivers = this.connection.getTransceivers();
    LINES.forEach((line, index) => {
      const transceiver = transceivers[index];
      if (transceiver) visit(line, transceiver);
    });
  }

  private streamOf(line: Line): MediaStream {
    return line === "screen" ? this.desk : this.face;
  }
}
