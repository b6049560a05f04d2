import { createContext, type ReactNode, use, useEffect, useMemo, useState, useSyncExternalStore } from "react";

import type { CaseBook } from "@/features/execution/cases/model";

import { KeptContext, useRoom } from "../events/room-context";
import { mayEdit } from "../rights";
import type { DocStatus } from "./doc-provider";
import { type DocumentView, RoomDocument } from "./room-document";

const DocumentContext = createContext<RoomDocument | null>(null);

/** Inside RoomProvider: connects to the document while it is mounted. */
export function DocumentProvider({ children }: { children: ReactNode }) {
  const room = useRoom();
  const { session, me } = room;
  const kept = use(KeptContext);
  // A person's id, name and colour do not change while they are in the room; the connection id and the role do.
  const identity = JSON.stringify([session.id, me.id, me.name, me.color]);
  const canEdit = mayEdit(me, session);
  const [atFirst] = useState(canEdit);
  const document = useMemo(() => {
    const [sessionId, id, name, color] = JSON.parse(identity) as [string, string, string, number];
    return new RoomDocument(sessionId, { id, name, color }, atFirst, kept?.person === id ? kept.state : undefined);
  }, [identity, atFirst, kept]);
  useEffect(() => document.copy.see(room), [document, room]);
  useEffect(() => document.setCanEdit(canEdit), [document, canEdit]);
  useEffect(() => {
    document.start();
    return () => document.stop();
  }, [document]);
  return <DocumentContext value={document}>{children}</DocumentContext>;
}

export function useDocument(): RoomDocument {
  const document = use(DocumentContext);
  if (!document) throw new Error("useDocument outside DocumentProvider");
  return document;
}

export function useDocumentView(): DocumentView {
  const document = useDocument();
  return useSyncExternalStore(document.watch, () => document.view);
}

/** Whether the reader may change the document now. */
export function useCanEdit(): boolean {
  const document = useDocument();
  return useSyncExternalStore(document.watch, () => document.canEdit);
}

export function useDocStatus(): DocStatus {
  const { provider } = useDocument();
  return useSyncExternalStore(provider.watch, () => provider.status);
}

/** The own test cases of a pad. */
export function useSharedCases(pad: string): CaseBook {
  const { cases } = useDocument();
  const canEdit = useCanEdit();
  const { session, people } = useRoom();
  const view = useSyncExternalStore(cases.watch, () => cases.view);
  const known = [session.host, ...session.participants, ...people];
  return {
    cases: view.filter((draft) => draft.pad === pad).map((draft) => ({ ...draft, author: known.find(({ id }) => id === draft.author)?.name ?? "" })),
    canEdit,
    shared: true,
    add: (texts, expected) => cases.add(texts, expected, pad),
    write: (id, field, text) => cases.write(id, field, text),
    remove: (id) => cases.remove(id),
  };
}
