import { useEffect, useSyncExternalStore } from "react";

import { useRoom } from "@/features/room/events/room-context";

import { useOutbox } from "./use-outbox";

/** Sends what waits in the outbox as long as one is in the room, whether the chat is on screen or not. */
export function useDelivery(): void {
  const { me, status, messages } = useRoom();
  const outbox = useOutbox();
  const pending = useSyncExternalStore(outbox.watch, () => outbox.pending);

  // Before the next effect: what a hello shows to have arrived is not sent again.
  useEffect(() => {
    outbox.settle(messages.filter(({ personId }) => personId === me.id));
  }, [outbox, messages, pending, me.id]);
  useEffect(() => {
    if (status !== "live") return;
    outbox.resume();
    return () => outbox.pause();
  }, [outbox, status]);
}
