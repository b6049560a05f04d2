/** What the call needs of LiveKit's client, and nothing more: `client-room.ts` gives it, tests fake it. */

import type { Line } from "@/features/call/engine";

/** Somebody else in the room, as of now. */
export interface Other {
  /** One window of one person. */
  identity: string;
  name: string;
  /** What our server signed about them. */
  metadata: string;
  /** LiveKit does not hear from them just now. */
  lost: boolean;
  /** What they publish; `track` is null until it arrives here. */
  lines: Partial<Record<Line, { track: MediaStreamTrack | null; muted: boolean }>>;
  loudness: () => number;
}

/** A track of ours that the others receive. */
export interface Published {
  replace: (track: MediaStreamTrack) => Promise<unknown>;
  setMuted: (muted: boolean) => Promise<unknown>;
  /** The track itself goes on. */
  unpublish: () => Promise<unknown>;
}

/** `removed`: somebody with the right to has shown us out; `deleted`: the room is over; `lost`: anything else. */
export type EndReason = "removed" | "deleted" | "lost";

export interface RoomListener {
  /** Somebody came, went, or changed what they send. */
  changed: () => void;
  /** LiveKit has begun or stopped recording. */
  recording: () => void;
  /** LiveKit's client has given up, or was told to go. Not called for our own `disconnect`. */
  ended: (reason: EndReason) => void;
}

export interface LiveKitRoom {
  /** False while LiveKit's client looks for a lost connection again. */
  readonly steady: boolean;
  readonly isRecording: boolean;
  readonly others: readonly Other[];
  /** Rejects when there is no way in. */
  connect: (url: string, token: string) => Promise<void>;
  publish: (line: Line, track: MediaStreamTrack) => Promise<Published>;
  disconnect: () => Promise<void>;
}

export type OpenRoom = (listener: RoomListener) => LiveKitRoom;
