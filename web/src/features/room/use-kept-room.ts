import { useEffect, useState } from "react";

import { Refusal } from "@/lib/api/client";
import { isIn } from "@/features/sessions/model";
import type { Session } from "@/features/sessions/api";
import { forgetRoom, type KeptRoom, keptRoom } from "@/lib/kept-rooms";

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

/** Nothing stays of a session that is over, nor of one in which the person is no more. */
export function useForgetKept(session: Session | undefined, me: string | undefined): void {
  const over = session?.status === "completed";
  const out = session !== undefined && me !== undefined && !isIn(session, me);
  const id = session?.id;
  useEffect(() => {
    if (id !== undefined && (over || out)) void forgetRoom(id, over ? undefined : me);
  }, [id, over, out, me]);
}
