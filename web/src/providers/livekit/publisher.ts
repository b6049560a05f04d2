/** Sends our tracks into the room: at any time what is published follows what is on, one step after the other. */

import { type Line, LINES, type Media, NO_TRACKS, type Tracks } from "@/features/call/engine";

import type { LiveKitRoom, Published } from "./room-port";

interface Sent {
  track: MediaStreamTrack;
  muted: boolean;
  published: Published;
}

export class Publisher {
  /** The last step that failed. Not an end: the next change tries again. */
  problem: unknown = null;

  private tracks: Tracks = NO_TRACKS;
  private muted = true;
  private room: LiveKitRoom | null = null;
  private sent = new Map<Line, Sent>();
  private steps: Promise<void> = Promise.resolve();

  /** Into this room from now on; null: nowhere. */
  into(room: LiveKitRoom | null): void {
    this.room = room;
    this.sent = new Map();
    this.follow();
  }

  send(tracks: Tracks, media: Media): void {
    this.tracks = tracks;
    this.muted = !media.audio;
    this.follow();
  }

  /** When everything asked for so far is done. */
  settled(): Promise<void> {
    return this.steps;
  }

  private follow(): void {
    const { room, sent } = this;
    if (!room) return;
    for (const line of LINES) {
      this.steps = this.steps
        .then(() => (room === this.room ? this.step(room, sent, line) : undefined))
        .catch((error: unknown) => {
          this.problem = error;
        });
    }
  }

  private async step(room: LiveKitRoom, sent: Map<Line, Sent>, line: Line): Promise<void> {
    const track = this.tracks[line];
    const before = sent.get(line);
    if (!track) {
      sent.delete(line);
      await before?.published.unpublish();
      return;
    }
    if (!before) {
      sent.set(line, { track, muted: false, published: await room.publish(line, track) });
    } else if (before.track !== track) {
      before.track = track;
      await before.published.replace(track);
    }
    await this.mute(sent.get(line), line);
  }

  private async mute(sent: Sent | undefined, line: Line): Promise<void> {
    if (!sent || line !== "microphone" || sent.muted === this.muted) return;
    sent.muted = this.muted;
    await sent.published.setMuted(this.muted);
    // LiveKit opens and closes the track too. Who muted meanwhile must not be heard until the next step.
    sent.track.enabled = !this.muted;
  }
}
