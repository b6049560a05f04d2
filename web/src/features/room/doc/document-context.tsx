import { createContext, type ReactNode, use, useEffect, useMemo, useSyncExternalStore } from "react";

import type { CaseBook } from "@/features/execution/cases/model";

import { type Role, useRoom } from "../events/room-context";
import type { DocStatus } from "./doc-provider";
import { type DocumentView, RoomDocument } from "./room-document";

const DocumentContext = createContext<RoomDocument | null>(null);

/** Inside RoomProvider: connects to the document while it is mounted. */
export function DocumentProvider({ children }: { children: ReactNode }) {
  const { session, me } = useRoom();
  // A person's id, name, colour and role do not change while they are in the room; the connection id does.
  const identity = JSON.stringify([session.id, me.id, me.name, me.color, me.role]);
  const document = useMemo(() => {
    const [sessionId, id, name, color, role] = JSON.parse(identity) as [string, string, string, number, Role];
    return new RoomDocument(sessionId, { id, name, color, role });
  }, [identity]);
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

export function useDocStatus(): DocStatus {
  const { provider } = useDocument();
  return useSyncExternalStore(provider.watch, () => provider.status);
}

/** The own test cases of the room. */
export function useSharedCases(): CaseBook {
  const { cases, canEdit } = useDocument();
  const { session, people } = useRoom();
  const view = useSyncExternalStore(cases.watch, () => cases.view);
  const known = [session.host, ...session.participants, ...people];
  return {
    cases: view.map((draft) => ({ ...draft, author: known.find(({ id }) => id === draft.author)?.name ?? "" })),
    canEdit,
    shared: true,
    add: (texts, expected) => cases.add(texts, expected),
    write: (id, field, text) => cases.write(id, field, text),
    remove: (id) => cases.remove(id),
  };
}
