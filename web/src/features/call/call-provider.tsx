/** Keeps the call of the room it is in alive, whatever the layout below does. */

import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from "react";

import { useRoom } from "@/features/room/events/room-context";
import { configQuery } from "@/lib/config";

import { useCallPlug } from "./call-plug";
import { CallSound } from "./call-sound";
import { type CallSnapshot, CallStore } from "./call-store";
import { canShareScreen } from "./devices";
import { type EnginePort, EnginesContext, type MakeEngine } from "./engine";
import { LateEngine } from "./late-engine";
import { takeChoice } from "./media-choice";
import { makeMesh } from "./mesh";
import { useCallKeys } from "./shortcuts";

const CallContext = createContext<CallStore | null>(null);

/** Inside RoomProvider, above everything that may be moved or hidden. Enters the call with what the lobby handed over. */
export function CallProvider({ children }: { children: ReactNode }) {
  const { session } = useRoom();
  return <CallOfSession key={session.id}>{children}</CallOfSession>;
}

function CallOfSession({ children }: { children: ReactNode }) {
  const room = useRoom();
  const engine = useEngine();
  const [store] = useState(() => storeOf({ sessionId: room.session.id, send: (frame) => room.send(frame) }, engine));
  const ending = useRef<ReturnType<typeof setTimeout>>(undefined);
  // Those who watch have no place in the call; of a session that is over there is none. Who was cut off at the end has not
  // heard what became of the session, only that the room is over.
  const { carrier } = useCallPlug();
  const takesPart = carrier === "own" && room.me.role !== "observer" && room.session.status === "active" && room.status !== "ended";
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

/** Asks the server which engine is in force, and loads it. */
function useEngine(): () => Promise<MakeEngine> {
  const engines = use(EnginesContext);
  const queries = useQueryClient();
  return async () => {
    const { call } = await queries.query({ ...configQuery, staleTime: "static" });
    // Where Stream carries the call its plug-in does; what stands in for it is ours.
    if (call === "mesh" || call === "stream") return makeMesh;
    const load = engines[call];
    if (!load) throw new Error(`this build has no engine for ${call}`);
    return load();
  };
}

function storeOf(port: EnginePort, engine: () => Promise<MakeEngine>): CallStore {
  return new CallStore(
    (onChange) => new LateEngine(async () => (await engine())(port, onChange), onChange),
    port.sessionId,
  );
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
