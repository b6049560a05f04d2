/** The room's messages under the names that the product uses; their shapes are generated from the contract. */
import type {
  ActivityView,
  CallSignalEvent,
  MessageView,
  MeView,
  ParticipantView,
  PeerView,
  PersonPresence,
  ServerEvent,
  SessionView,
  WaitingEvent,
} from "@/lib/api/room";

export type { ClientFrame, Role, RoomState, ServerEvent } from "@/lib/api/room";

export type Session = SessionView;
export type Participant = ParticipantView;
export type Person = PersonPresence;
export type Me = MeView;
export type Waiting = WaitingEvent;
export type ChatMessage = MessageView;
export type Activity = ActivityView;
/** One connection of a person that takes part in the call. */
export type Peer = PeerView;
export type Signal = CallSignalEvent["signal"];
export type EventOf<T extends ServerEvent["type"]> = Extract<ServerEvent, { type: T }>;
