/** A LiveKit room behind our port, in memory: no media, no network, and it answers when the test says so. */

import type { Line } from "@/features/call/engine";

import type { EndReason, LiveKitRoom, OpenRoom, Other, Published, RoomListener } from "../room-port";

export class FakeLiveKit {
  readonly rooms: FakeLiveKitRoom[] = [];
  /** What `connect` does; reject to shut the door. */
  connect: () => Promise<void> = () => Promise.resolve();
  /** What asking our server for a token does. */
  enter: () => Promise<{ url: string; token: string }> = () => Promise.resolve({ url: "wss://livekit", token: "t" });

  readonly open: OpenRoom = (listener) => {
    const room = new FakeLiveKitRoom(this, listener);
    this.rooms.push(room);
    return room;
  };

  get room(): FakeLiveKitRoom {
    const room = this.rooms.at(-1);
    if (!room) throw new Error("no room was opened");
    return room;
  }
}

export class FakeLiveKitRoom implements LiveKitRoom {
  steady = true;
  isRecording = false;
  others: Other[] = [];
  gone = false;
  /** What is published, and every step that led to it. */
  readonly published = new Map<Line, { track: MediaStreamTrack; muted: boolean }>();
  readonly steps: string[] = [];
  publishing: () => Promise<void> = () => Promise.resolve();
  muting: () => Promise<void> = () => Promise.resolve();

  constructor(
    private readonly livekit: FakeLiveKit,
    private readonly listener: RoomListener,
  ) {}

  connect(): Promise<void> {
    return this.livekit.connect();
  }

  async publish(line: Line, track: MediaStreamTrack): Promise<Published> {
    await this.publishing();
    this.steps.push(`publish ${line}`);
    const sent = { track, muted: false };
    this.published.set(line, sent);
    return {
      replace: (next) => this.step(`replace ${line}`, () => (sent.track = next)),
      setMuted: async (muted) => {
        await this.muting();
        await this.step(`${muted ? "mute" : "unmute"} ${line}`, () => {
          sent.muted = muted;
          sent.track.enabled = !muted; // as LiveKit's client does
        });
      },
      unpublish: () => this.step(`unpublish ${line}`, () => this.published.delete(line)),
    };
  }

  disconnect(): Promise<void> {
    this.gone = true;
    return Promise.resolve();
  }

  // What LiveKit and the others do.

  comes(identity: string, personId: string, lines: Other["lines"] = {}): void {
    const other: Other = {
      identity,
      name: personId,
      metadata: JSON.stringify({ personId, sessionId: "s-1", role: "candidate" }),
      lost: false,
      lines,
      loudness: () => 0.5,
    };
    this.others = [...this.others.filter((one) => one.identity !== identity), other];
    this.listener.changed();
  }

  become(changes: Partial<Pick<FakeLiveKitRoom, "steady" | "isRecording" | "others">>): void {
    Object.assign(this, changes);
    if (changes.isRecording === undefined) this.listener.changed();
    else this.listener.recording();
  }

  end(reason: EndReason): void {
    this.others = [];
    this.listener.ended(reason);
  }

  private step(name: string, take: () => void): Promise<void> {
    this.steps.push(name);
    take();
    return Promise.resolve();
  }
}
