/**
 * A call through a LiveKit server: who is in it and what they send is LiveKit's to say; who may be in it our server's,
 * which gives a new token for every entry.
 *
 * LiveKit's client mends short cuts by itself. When it gives up, we enter again, a few times.
 */

import { type CallEngine, type CallState, type Media, OUT, type PeerInfo, type RoomOfCall, rungFor, type ServerEvent, type Tracks } from "@/features/call/engine";
import { Refusal } from "@/lib/api/client";

import { Publisher } from "./publisher";
import type { EndReason, LiveKitRoom, OpenRoom } from "./room-port";
import { Tiles } from "./tiles";

export interface LiveKitPort {
  /** Address and token for one entry. Throws a `Refusal`. */
  enter: () => Promise<{ url: string; token: string }>;
  open: OpenRoom;
}

/** Before the next try: 1, 2, 4, 8, 16 seconds. */
export const PAUSE_MS = 1_000;
export const TRIES_MAX = 5;
/** Who has been in this long is in; being cut off after that is a new story. */
export const SETTLED_MS = 30_000;

export class LiveKitCall implements CallEngine {
  state: CallState = { ...OUT, peers: null };
  /** One encoding serves everybody, however many they are. */
  readonly rung = rungFor(2);

  private me: RoomOfCall["me"] | null = null;
  private media: Media = { audio: false, video: false, screen: false };
  private room: LiveKitRoom | null = null;
  private readonly publisher = new Publisher();
  private readonly tiles = new Tiles();
  /** What our server or LiveKit said last. */
  private recording = false;
  private wanted = false;
  /** We were in the call since it was asked for. */
  private been = false;
  private closed = false;
  /** Counts entries: what an earlier one still hears does not matter any more. */
  private entry = 0;
  private tries = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly port: LiveKitPort,
    private readonly onChange: () => void,
  ) {}

  begin({ me }: RoomOfCall): void {
    this.me = me;
  }

  hear(event: ServerEvent): void {
    if (event.type === "hello") this.me = event.me;
    if (event.type !== "call.recording") return;
    this.recording = event.recording;
    this.update();
  }

  async join(): Promise<void> {
    if (this.wanted && (this.state.phase === "in" || this.state.phase === "joining")) return;
    this.wanted = true;
    this.been = false;
    this.tries = 0;
    await this.enter();
  }

  leave(): void {
    this.wanted = false;
    this.drop();
    this.update("out");
  }

  close(): void {
    this.leave();
    this.closed = true;
  }

  setLocal(tracks: Tracks, media: Media): void {
    this.media = media;
    this.publisher.send(tracks, media);
    if (this.state.phase === "in") this.update();
  }

  /** The network is back: no need to wait. What LiveKit's client mends by itself is left to it. */
  retry(): void {
    if (this.wanted && this.state.phase === "joining" && this.timer !== undefined) void this.enter();
  }

  private async enter(): Promise<void> {
    this.drop();
    const entry = this.entry;
    const current = () => entry === this.entry;
    this.tries += 1;
    this.update("joining");
    let asked = false;
    try {
      const { url, token } = await this.port.enter();
      asked = true;
      if (!current()) return;
      const room = this.port.open({
        changed: () => current() && this.update(),
        recording: () => current() && this.heardRecording(room.isRecording),
        ended: (reason) => current() && this.ended(reason),
      });
      this.room = room;
      await room.connect(url, token);
      if (!current()) return; // `drop` has hung it up
      this.arrived(room);
    } catch (error) {
      if (!current()) return;
      // What our server refuses stays refused. Without an answer the person decides, but who was in is not troubled.
      if (asked || (this.been && !isRefused(error))) this.again();
      else this.give("stuck");
    }
  }

  private arrived(room: LiveKitRoom): void {
    this.timer = setTimeout(() => (this.tries = 0), SETTLED_MS);
    this.been = true;
    this.recording = room.isRecording;
    this.publisher.into(room);
    this.update("in");
  }

  private ended(reason: EndReason): void {
    if (reason === "deleted") {
      this.give("out");
      return;
    }
    // Shown out: perhaps only because another browser of ours was signed out. Whether we may come back our server says.
    this.again();
  }

  private again(): void {
    const { tries } = this;
    if (tries >= TRIES_MAX) {
      this.give("stuck");
      return;
    }
    this.drop();
    this.update("joining");
    this.timer = setTimeout(() => void this.enter(), PAUSE_MS * 2 ** Math.max(0, tries - 1));
  }

  private give(phase: "out" | "stuck"): void {
    this.wanted = false;
    this.drop();
    this.update(phase);
  }

  /** Of this entry nothing more is heard. */
  private drop(): void {
    this.entry += 1;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.publisher.into(null);
    this.room?.disconnect().catch(() => undefined); // gone is gone
    this.room = null;
  }

  private heardRecording(recording: boolean): void {
    this.recording = recording;
    this.update();
  }

  private update(phase: CallState["phase"] = this.state.phase): void {
    if (this.closed) return;
    const { room, recording } = this;
    const tiles = phase === "in" && room ? this.tiles.of(room.others, room.steady) : [];
    const peers = phase === "in" ? [...this.own(), ...tiles.map(peerOf)] : null;
    this.state = { phase, tiles, peers, recording };
    this.onChange();
  }

  private own(): PeerInfo[] {
    const { me, media } = this;
    if (!me) return [];
    return [{ connectionId: me.connectionId, personId: me.id, name: me.name, audio: media.audio, video: media.video, screen: media.screen }];
  }
}

function isRefused(error: unknown): boolean {
  return error instanceof Refusal && error.status >= 400 && error.status < 500;
}

function peerOf({ connectionId, personId, name, audio, video, screen }: PeerInfo): PeerInfo {
  return { connectionId, personId, name, audio, video, screen };
}
