import { useEffect, useState, useSyncExternalStore } from "react";

import { useRoom } from "@/features/room/events/room-context";

/** "(2) " in front of the title of the tab. */
const COUNT = /^\(\d+\) /;

const onVisibility = (listener: () => void): (() => void) => {
  document.addEventListener("visibilitychange", listener);
  return () => document.removeEventListener("visibilitychange", listener);
};
const inFront = (): boolean => document.visibilityState === "visible";

/**
 * How many messages of others nobody has seen here yet. `visible`: the chat is on screen. What was said before one came
 * in is history, not news. While there is something unread the browser tab's title says so.
 */
export function useUnread(visible: boolean): number {
  const { me, session, messages } = useRoom();
  const newest = messages.at(-1)?.seq ?? 0;
  const looking = useSyncExternalStore(onVisibility, inFront) && visible;
  const [seen, setSeen] = useState(() => readSeen(session.id) ?? newest);
  if (looking && seen < newest) setSeen(newest);
  const unread = messages.filter(({ seq, personId }) => seq > seen && personId !== me.id).length;

  useEffect(() => writeSeen(session.id, seen), [session.id, seen]);
  useEffect(() => {
    const title = document.title.replace(COUNT, "");
    document.title = unread > 0 ? `(${unread}) ${title}` : title;
    return () => {
      document.title = document.title.replace(COUNT, "");
    };
  }, [unread]);

  return unread;
}

const key = (sessionId: string): string => `chat.seen.${sessionId}`;

function readSeen(sessionId: string): number | null {
  try {
    const kept = sessionStorage.getItem(key(sessionId));
    // "0" is kept of a chat in which nothing had been said.
    return kept !== null && /^\d+$/.test(kept) ? Number(kept) : null;
  } catch {
    return null;
  }
}

function writeSeen(sessionId: string, seen: number): void {
  try {
    sessionStorage.setItem(key(sessionId), String(seen));
  } catch {
    // Without storage a reload forgets what was unread.
  }
}
