/** What the call says over the events socket, and asks over HTTP (src/interview_platform/call/views.py). */

import type { ClientFrame, Peer, Signal } from "@/features/room/events/room-context";

export type { Signal } from "@/features/room/events/room-context";

export type PeerInfo = Readonly<Peer>;
export type DescriptionSignal = Extract<Signal, { kind: "description" }>;
export type CandidateSignal = Extract<Signal, { kind: "candidate" }>;
export type CallFrame = Extract<ClientFrame, { type: `call.${string}` }>;

export type Media = Pick<Peer, "audio" | "video" | "screen">;

export const sameMedia = (one: Media, other: Media): boolean =>
  one.audio === other.audio && one.video === other.video && one.screen === other.screen;
