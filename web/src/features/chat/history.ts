/** The chat as one list: pages fetched before, the newest page of the room, and what was just stored. */

import type { ChatMessage } from "./api";

/**
 * `older` and `stored` are used as far as they join the room's messages without a gap: numbers count 1, 2, 3… within a
 * session, so a gap shows. Of several accounts of a message the newest holds.
 */
export function joined(
  older: readonly ChatMessage[],
  live: readonly ChatMessage[],
  stored: readonly ChatMessage[] = [],
): readonly ChatMessage[] {
  const first = live[0];
  const before = first ? older.filter(({ seq }) => seq < first.seq) : [];
  const touches = first !== undefined && before.at(-1)?.seq === first.seq - 1;
  const last = live.at(-1)?.seq ?? 0;
  const after = [...new Map(stored.filter(({ seq }) => seq > last).map((one) => [one.seq, one])).values()].sort((a, b) => a.seq - b.seq);
  return [...(touches ? before : []), ...live, ...after].map((message) => newestOf(message, stored));
}

/** `messages` with the one of them that has changed. */
export function withChange(messages: readonly ChatMessage[], changed: ChatMessage): readonly ChatMessage[] {
  return messages.some(({ id, rev }) => id === changed.id && rev < changed.rev)
    ? messages.map((one) => (one.id === changed.id ? changed : one))
    : messages;
}

function newestOf(message: ChatMessage, others: readonly ChatMessage[]): ChatMessage {
  return others.reduce((newest, one) => (one.id === newest.id && one.rev > newest.rev ? one : newest), message);
}

/** `?before=` for the page before these; null: they begin at the beginning. */
export function beforeOf(messages: readonly ChatMessage[]): number | null {
  const first = messages[0];
  return first && first.seq > 1 ? first.seq : null;
}
