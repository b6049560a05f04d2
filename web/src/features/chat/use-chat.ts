import type { QueryClient } from "@tanstack/react-query";
import { useMemo, useState, useSyncExternalStore } from "react";

import { useRoom } from "@/features/room/events/room-context";

import { type Attachment, type ChatMessage, fetchMessages } from "./api";
import { beforeOf, joined, withChange } from "./history";
import type { Pending } from "./outbox";
import { useKept } from "./use-kept";
import { STORED_KEPT, storedKey, useOutbox } from "./use-outbox";

export interface Chat {
  /** Oldest first, without a gap. */
  messages: readonly ChatMessage[];
  pending: readonly Pending[];
  send: (text: string, attachments: readonly Attachment[]) => void;
  retry: (id: string) => void;
  discard: (id: string) => void;
  /** The server has answered with a message that was changed; the room hears of it, too. */
  changed: (message: ChatMessage) => void;
  older: { more: boolean; loading: boolean; failed: boolean; load: () => void };
}

const NONE: readonly ChatMessage[] = [];
const olderKey = (sessionId: string): readonly unknown[] => ["chat-older", sessionId];

/** A message of a page fetched before has changed. */
export function changeOlder(client: QueryClient, sessionId: string, changed: ChatMessage): void {
  client.setQueryData<readonly ChatMessage[]>(olderKey(sessionId), (before) => before && withChange(before, changed));
}

/** After a time away nobody knows what has changed in them: they are fetched anew. */
export function forgetOlder(client: QueryClient, sessionId: string): void {
  client.removeQueries({ queryKey: olderKey(sessionId), exact: true });
}

/** The chat of the room. What was fetched and what waits survives the panel being taken down; `useDelivery` sends it. */
export function useChat(): Chat {
  const { session, messages: live } = useRoom();
  const [stored, keepStored] = useKept<readonly ChatMessage[]>(storedKey(session.id), NONE);
  const [older, keepOlder] = useKept<readonly ChatMessage[]>(olderKey(session.id), NONE);
  const outbox = useOutbox();
  const pending = useSyncExternalStore(outbox.watch, () => outbox.pending);
  const messages = useMemo(() => joined(older, live, stored), [older, live, stored]);
  const loading = useOlder(session.id, messages, keepOlder);

  return {
    messages,
    pending,
    send: (text, attachments) => outbox.send(text, attachments),
    retry: (id) => outbox.retry(id),
    discard: (id) => outbox.discard(id),
    changed: (message) => keepStored((before) => [...before, message].slice(-STORED_KEPT)),
    older: loading,
  };
}

function useOlder(sessionId: string, messages: readonly ChatMessage[], keep: (change: Change) => void): Chat["older"] {
  const [state, setState] = useState<"idle" | "loading" | "failed">("idle");
  const before = beforeOf(messages);
  const load = async (): Promise<void> => {
    if (before === null || state === "loading") return;
    setState("loading");
    try {
      const page = await fetchMessages(sessionId, before);
      // With all that is shown: the room's own list may begin later after a reconnect.
      keep(() => [...page.messages, ...messages]);
      setState("idle");
    } catch {
      setState("failed");
    }
  };
  return { more: before !== null, loading: state === "loading", failed: state === "failed", load: () => void load() };
}

type Change = (before: readonly ChatMessage[]) => readonly ChatMessage[];
