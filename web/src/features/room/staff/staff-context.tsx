import { createContext, type ReactNode, use, useEffect, useMemo, useSyncExternalStore } from "react";

import type { DocStatus } from "../doc/doc-provider";
import { useRoom } from "../events/room-context";
import { isStaff } from "../rights";
import type { Note, SharedNotes } from "./shared-notes";
import { StaffDocument } from "./staff-document";

const StaffContext = createContext<StaffDocument | null>(null);

/** Inside RoomProvider: connects to the interviewers' document while the reader is one of them, whatever part is shown. */
export function StaffProvider({ children }: { children: ReactNode }) {
  const { session, me } = useRoom();
  const identity = isStaff(me) ? JSON.stringify([session.id, me.id, me.name, me.color]) : null;
  const document = useMemo(() => {
    if (identity === null) return null;
    const [sessionId, id, name, color] = JSON.parse(identity) as [string, string, string, number];
    return new StaffDocument(sessionId, { id, name, color });
  }, [identity]);
  useEffect(() => {
    document?.start();
    return () => document?.stop();
  }, [document]);
  return <StaffContext value={document}>{children}</StaffContext>;
}

/** Of a part that only the staff have. */
function useStaffDocument(): StaffDocument {
  const document = use(StaffContext);
  if (!document) throw new Error("useStaffDocument without the staff's document");
  return document;
}

export const useNotes = (): SharedNotes => useStaffDocument().notes;

export function useNotesView(): readonly Note[] {
  const notes = useNotes();
  return useSyncExternalStore(notes.watch, () => notes.view);
}

export function useStaffStatus(): DocStatus {
  const { provider } = useStaffDocument();
  return useSyncExternalStore(provider.watch, () => provider.status);
}
