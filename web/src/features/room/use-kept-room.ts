import { useEffect, useState } from "react";

import { Refusal } from "@/lib/api/client";
import { type KeptRoom, keptRoom } from "@/lib/kept-rooms";

import { offlineRoom } from "./events/kept";

interface Asked {
  fetchStatus: string;
  failureReason: Error | null;
}

/** Nothing that says no: no network, no server, or one that is not well. */
export const unanswered = ({ fetchStatus, failureReason }: Asked): boolean =>
  fetchStatus === "paused" || (failureReason instanceof Refusal && (failureReason.status === 0 || failureReason.status >= 500));

/** What this browser has of the room, looked for when the server cannot be asked. */
export function useKeptRoom(id: string, unreachable: boolean): KeptRoom | null {
  const [kept, setKept] = useState<KeptRoom | null>(null);
  useEffect(() => {
    if (!unreachable) return;
    let here = true;
    void keptRoom(id).then((found) => {
      if (here && offlineRoom(found)) setKept(found);
    });
    return () => {
      here = false;
    };
  }, [id, unreachable]);
  return unreachable ? kept : null;
}
