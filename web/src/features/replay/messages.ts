/** The chat of a session that is over: each message as it ended up, at the time when it was sent. */
import type { ChatMessage } from "@/features/chat/api";
import type { ShownMessage } from "@/features/chat/message-list";

import { fields, type LogEvent } from "./log-event";

export interface Message extends ShownMessage {
  at: number;
  /** When it was first edited; null: it never was. What it said before is nowhere any more. */
  edited: number | null;
}

/** `events` have their time from `begin` on. */
export function messagesOf(events: readonly LogEvent[], begin: number, nameOf: (person: string | null) => string): Message[] {
  const edited = new Map<unknown, number>();
  for (const { kind, at, data } of events) {
    const { messageId } = fields(data);
    if (kind === "chat.edited") edited.set(messageId, Math.min(at, edited.get(messageId) ?? at));
  }
  return events.flatMap((event) => (event.kind === "chat" ? [messageOf(event, begin, nameOf(event.personId), edited)] : []));
}

function messageOf({ at, seq, personId, data }: LogEvent, begin: number, name: string, edited: ReadonlyMap<unknown, number>): Message {
  const { messageId } = fields(data);
  const message = messageIn(data);
  const createdAt = new Date(begin + at).toISOString();
  return {
    id: typeof messageId === "string" ? messageId : `entry ${seq}`,
    at,
    personId: personId ?? "",
    name,
    text: message?.text ?? "",
    createdAt,
    attachments: message?.attachments ?? [],
    reactions: message?.reactions ?? [],
    edited: message?.editedAt ? (edited.get(messageId) ?? at) : null,
    editedAt: message?.editedAt ?? null,
    deletedAt: message ? message.deletedAt : createdAt,
  };
}

/** What an entry of the chat tells; null: there is nothing of it any more. */
export function messageIn(data: LogEvent["data"]): ChatMessage | null {
  const { message } = fields(data);
  return typeof message === "object" ? (message as ChatMessage | null) : null;
}

/** The first `count` of them as they were once those edits had been made that were up to `at`. */
export const shownAt = (messages: readonly Message[], count: number, at: number): Message[] =>
  messages.slice(0, count).map((one) => (one.edited !== null && one.edited > at ? { ...one, editedAt: null } : one));
