import { useCallback, useEffect, useEffectEvent, useRef } from "react";

import { type ClientFrame, useRoom } from "@/features/room/events/room-context";
import { wasCopiedHere, watchCopies } from "@/lib/copied";

type Act = Extract<ClientFrame, { type: "activity" }>["act"];

/** Tells the server what a candidate did; of nobody else anything is told. */
function useTell(): (act: Act) => void {
  const { me, session, status, send } = useRoom();
  const noted = me.role === "candidate" && session.status === "active" && status === "live";
  return useCallback(
    (act) => {
      if (noted) send({ type: "activity", act });
    },
    [noted, send],
  );
}

/** While one is in the room: leaving its tab and coming back. */
export function useLeavingNoted(): void {
  const tell = useTell();
  const left = useRef<number | null>(null);
  const changed = useEffectEvent(() => {
    if (document.visibilityState === "hidden") {
      left.current = Date.now();
      tell({ kind: "focus", away: true, ms: 0 });
    } else if (left.current !== null) {
      tell({ kind: "focus", away: false, ms: Math.max(0, Date.now() - left.current) });
      left.current = null;
    }
  });
  useEffect(() => {
    const onChange = () => changed();
    document.addEventListener("visibilitychange", onChange);
    return () => document.removeEventListener("visibilitychange", onChange);
  }, []);
  useEffect(watchCopies, []);
}

/** To be called by whichever editor shows the code, with what was pasted into which file. */
export function useNotePaste(): (text: string, path: string) => void {
  const tell = useTell();
  return useCallback(
    (text, path) => {
      const lines = text.split("\n").length;
      tell({ kind: "paste", chars: text.length, lines, from: wasCopiedHere(text) ? "room" : "outside", path });
    },
    [tell],
  );
}

/** To be called when something of the statement is copied. */
export function useNoteCopy(): () => void {
  const tell = useTell();
  return useCallback(() => {
    const chars = document.getSelection()?.toString().length ?? 0;
    if (chars > 0) tell({ kind: "copy", what: "statement", chars });
  }, [tell]);
}
