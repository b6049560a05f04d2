import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";

import { useRoom, useRoomEvent } from "@/features/room/events/room-context";

import { changeOlder, forgetOlder } from "./use-chat";
import { useOutbox } from "./use-outbox";

/** Sends what waits in the outbox and hears of changes as long as one is in the room, whether the chat is on screen or not. */
export function useDelivery(): void {
  const { session, status, messages } = useRoom();
  const client = useQueryClient();
  const outbox = useOutbox();
  const pending = useSyncExternalStore(outbox.watch, () => outbox.pending);

  // Before the next effect: what a hello shows to have arrived is not sent again.
  useEffect(() => {
    outbox.settle(messages);
  }, [outbox, messages, pending]);
  useEffect(() => {
    if (status !== "live") return;
    outbox.resume();
    return () => outbox.pause();
  }, [outbox, status]);
  useRoomEvent("chat.changed", ({ message }) => changeOlder(client, session.id, message));
  useRoomEvent("hello", () => forgetOlder(client, session.id));
}
