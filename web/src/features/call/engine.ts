/**
 * What carries a call: our own mesh (`mesh.ts`), or a provider's client (`src/providers`), loaded when it is in force.
 *
 * The panel, the devices and the lobby know only this: an engine is handed tracks, and tells who else is there.
 */

import { createContext } from "react";

import type { Room, ServerEvent } from "@/features/room/events/room-context";
import type { Config } from "@/lib/config";

import type { Rung } from "./ladder";
import type { Line, Tracks } from "./lines";
import type { LinkState } from "./peer";
import type { CallFrame, Media, PeerInfo } from "./wire";

export type { ServerEvent } from "@/features/room/events/room-context";
export { type Rung, rungFor } from "./ladder";
export { type Line, LINES, NO_TRACKS, type Tracks } from "./lines";
export type { LinkState } from "./peer";
export type { Media, PeerInfo } from "./wire";

/** Somebody else in the call. */
export interface Tile extends PeerInfo {
  /** The same person keeps their tile when they come back with a new connection. */
  key: string;
  link: LinkState;
  streams: Record<Line, MediaStream>;
  loudness: () => number;
}

export interface CallState {
  /** `joining` until we are listed; `full`: every place is taken; `stuck`: what the call needs cannot be had. */
  phase: "out" | "joining" | "in" | "full" | "stuck";
  tiles: Tile[];
  /** Everyone in the call, ourselves included (once) when we are in; null: not to be known from outside. */
  peers: readonly PeerInfo[] | null;
  /** What is said and shown is being recorded. */
  recording: boolean;
}

export const OUT: CallState = { phase: "out", tiles: [], peers: [], recording: false };

export type RoomOfCall = Pick<Room, "me" | "peers">;

export interface CallEngine {
  readonly state: CallState;
  /** How large a picture to send. */
  readonly rung: Rung;
  /** The room is entered; not the call. */
  begin: (room: RoomOfCall) => void;
  /** Every event of the room from then on. */
  hear: (event: ServerEvent) => void;
  join: () => Promise<void>;
  leave: () => void;
  /** The room is being left, or the page goes away. */
  close: () => void;
  /** What we send from now on. The tracks stay ours: an engine stops none of them. */
  setLocal: (tracks: Tracks, media: Media) => void;
  /** Try a lost connection again, now; without a key all of them. */
  retry: (key?: string) => void;
}

export interface EnginePort {
  sessionId: string;
  /** To the room's events socket. */
  send: (frame: CallFrame) => void;
}

export type MakeEngine = (port: EnginePort, onChange: () => void) => CallEngine;

/** How to load the engines of the providers that this build has. The app says which (`app/pages/session-page.tsx`). */
export type Engines = Partial<Record<Config["call"], () => Promise<MakeEngine>>>;

export const EnginesContext = createContext<Engines>({});
