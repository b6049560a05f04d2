/** The live room for everything drawn inside it: who is here, what was said and run, and how to send a frame. */
import { createContext, use, useEffect, useEffectEvent, useMemo, useSyncExternalStore } from "react";
import type { ReactNode } from "react";

import type { KeptRoom } from "@/lib/kept-rooms";

import { offlineRoom } from "./kept";
import type { RoomSnapshot } from "./reducer";
import { RoomClient, type RoomListener } from "./room-client";
import type { ClientFrame, EventOf, Me, ServerEvent, Session } from "./types";

export type { Activity, ChatMessage, ClientFrame, Me, Peer, Person, Role, ServerEvent, Session, Signal } from "./types";
export type { Run } from "@/features/execution/model";
export type { RoomSnapshot, RoomStatus } from "./reducer";
export type { Refusal } from "../socket/refusal";

/** The room after its first `hello`: who I am and the session are known from then on. */
export interface Room extends RoomSnapshot {
  me: Me;
  session: Session;
  /** Does nothing while the connection is down; after each `hello` (see `useRoomEvent`) say again what must hold. */
  send: (frame: ClientFrame) => void;
  /** Every event as it comes, after the room's state took it in. Returns the way to stop. */
  subscribe: (listener: RoomListener) => () => void;
  /** The server's clock, in ms. */
  now: () => number;
}

/** What this browser kept of the room, if the page was opened without a network. */
export const KeptContext = createContext<KeptRoom | null>(null);

const RoomContext = createContext<RoomClient | null>(null);

interface RoomProviderProps {
  sessionId: string;
  /** Drawn until the first `hello`, and instead of the room when it is refused before. */
  waiting: (room: RoomSnapshot) => ReactNode;
  children: ReactNode;
  /** The room to begin with when the server cannot be reached. */
  kept?: KeptRoom | null;
}

/** Connects to the room while it is mounted. `children` are drawn from the first `hello` on. */
export function RoomProvider({ sessionId, waiting, children, kept = null }: RoomProviderProps) {
  const client = useMemo(() => new RoomClient(sessionId, offlineRoom(kept)), [sessionId, kept]);
  useEffect(() => {
    client.start();
    return () => client.stop();
  }, [client]);
  const room = useSyncExternalStore(client.watch, () => client.snapshot);
  return (
    <RoomContext value={client}>
      <KeptContext value={kept}>{room.me ? children : waiting(room)}</KeptContext>
    </RoomContext>
  );
}

function useClient(): RoomClient {
  const client = use(RoomContext);
  if (!client) throw new Error("useRoom outside RoomProvider");
  return client;
}

export function useRoom(): Room {
  const client = useClient();
  const snapshot = useSyncExternalStore(client.watch, () => client.snapshot);
  return useMemo(() => {
    const { me, session } = snapshot;
    if (!me || !session) throw new Error("useRoom before the room's hello");
    return { ...snapshot, me, session, send: client.send, subscribe: client.subscribe, now: client.now };
  }, [client, snapshot]);
}

/** Calls `handler` for every event of this type while mounted. Not called for events before. */
export function useRoomEvent<T extends ServerEvent["type"]>(type: T, handler: (event: EventOf<T>) => void): void {
  const client = useClient();
  const handle = useEffectEvent(handler);
  useEffect(
    () =>
      client.subscribe((event) => {
        if (event.type === type) handle(event as EventOf<T>);
      }),
    [client, type],
  );
}
