import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { useRoom } from "@/features/room/events/room-context";

import { type ChatMessage, postMessage } from "./api";
import { Outbox } from "./outbox";

/** Under it the query cache keeps the last few messages the server has stored, as the room may hear of them later. */
export const storedKey = (sessionId: string): readonly unknown[] => ["chat-stored", sessionId];
export const STORED_KEPT = 20;

/** One for each chat, whoever asks for it. */
const outboxes = new WeakMap<QueryClient, Map<string, Outbox>>();

export function useOutbox(): Outbox {
  const { me, session } = useRoom();
  const client = useQueryClient();
  const [outbox] = useState(() => outboxOf(client, session.id, me.id));
  return outbox;
}

function outboxOf(client: QueryClient, sessionId: string, personId: string): Outbox {
  const ofPage = outboxes.get(client) ?? new Map<string, Outbox>();
  outboxes.set(client, ofPage);
  const key = `chat.outbox.${sessionId}.${personId}`;
  const onStored = (message: ChatMessage) =>
    void client.setQueryData<readonly ChatMessage[]>(storedKey(sessionId), (before = []) => [...before, message].slice(-STORED_KEPT));
  const known = ofPage.get(key) ?? new Outbox(key, { post: (draft) => postMessage(sessionId, draft), onStored });
  ofPage.set(key, known);
  return known;
}
