/** Keeps the call of the room it is in alive, whatever the layout below does. */

import { createContext, type ReactNode, use, useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from "react";

import { useRoom } from "@/features/room/events/room-context";

import { CallSound } from "./call-sound";
import { type CallSnapshot, CallStore } from "./call-store";
import { canShareScreen } from "./devices";
import { IceServers } from "./ice-servers";
import { takeChoice } from "./media-choice";
import { useCallKeys } from "./shortcuts";

const CallContext = createContext<CallStore | null>(null);

/** Inside RoomProvider, above everything that may be moved or hidden. Enters the call with what the lobby handed over. */
export function CallProvider({ children }: { children: ReactNode }) {
  const { session } = useRoom();
  return <CallOfSession key={session.id}>{children}</CallOfSession>;
}

function CallOfSession({ children }: { children: ReactNode }) {
  const room = useRoom();
  const [store] = useState(() => storeOf(room.session.id, (frame) => room.send(frame)));
  const ending = useRef<ReturnType<typeof setTimeout>>(undefined);
  // Those who watch have no place in the call; of a session that is over there is none. Who was cut off at the end has not
  // heard what became of the session, only that the room is over.
  const takesPart = room.me.role !== "observer" && room.session.status === "active" && room.status !== "ended";
  const start = useEffectEvent(() => store.start(room, takeChoice()));

  useEffect(() => {
    if (!takesPart) return;
    // React may take a component down and put it up again at once; that must not hang up.
    if (ending.current === undefined) start();
    clearTimeout(ending.current);
    ending.current = undefined;
    return () => {
      ending.current = setTimeout(() => store.stop(), 0);
    };
  }, [store, takesPart]);

  return (
    <CallContext value={store}>
      {children}
      <CallSound store={store} me={room.me.id} />
      <CallKeys />
    </CallContext>
  );
}

/** The keys work wherever the focus is, also while the panel is out of sight. */
function CallKeys() {
  const { local } = useCallStore();
  const { call } = useCallSnapshot();
  const inCall = call.phase === "in";
  useCallKeys({
    M: () => void (inCall && local.setAudio(!local.state.audio)),
    V: () => void (inCall && local.setVideo(!local.state.video)),
    S: () => {
      if (local.state.screen) local.stopScreen();
      else if (inCall && canShareScreen()) void local.shareScreen();
    },
  });
  return null;
}

function storeOf(sessionId: string, send: ConstructorParameters<typeof CallStore>[0]["send"]): CallStore {
  const servers = new IceServers(sessionId);
  const port = {
    send,
    iceServers: (fresh: boolean) => (fresh ? servers.fresh() : servers.get()),
    connect: (configuration: RTCConfiguration) => new RTCPeerConnection(configuration),
  };
  return new CallStore(port, sessionId);
}

export function useCallStore(): CallStore {
  const store = use(CallContext);
  if (!store) throw new Error("useCall outside CallProvider");
  return store;
}

export function useCallSnapshot(): CallSnapshot {
  const store = useCallStore();
  return useSyncExternalStore(store.watch, () => store.snapshot);
}
