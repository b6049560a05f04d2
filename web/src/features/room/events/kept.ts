/** The room as a browser keeps it for a page that is opened without a network. */
import type { KeptRoom } from "@/lib/kept-rooms";

import { EMPTY_ROOM, type RoomSnapshot } from "./reducer";

/** What of a room is worth keeping: not who is in a call or types, and not the outputs of programs. */
export function asKept({ me, people, session, messages, messagesBefore }: RoomSnapshot): RoomSnapshot {
  return { ...EMPTY_ROOM, me, people, session, messages, messagesBefore };
}

/** The room to begin with, until the server is there. Null: there is none, or an older release kept it otherwise. */
export function offlineRoom(kept: KeptRoom | null): RoomSnapshot | null {
  const room = kept?.room as Partial<RoomSnapshot> | undefined;
  if (!room?.me || !room.session || room.me.id !== kept?.person) return null;
  return { ...EMPTY_ROOM, ...room, status: "offline" };
}
