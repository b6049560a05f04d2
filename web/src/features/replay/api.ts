import { useMutation, useQuery } from "@tanstack/react-query";

import type { Session } from "@/features/sessions/api";
import { answer, api } from "@/lib/api/client";

import { saveAs } from "@/lib/save-as";
import { fetchTrack } from "./load";

/** The log of a session that is over does not change any more, but for what is made of it here. */
export const useTrack = (session: Session) =>
  useQuery({
    queryKey: ["replay", session.id],
    queryFn: ({ signal }) => fetchTrack(session, signal),
    staleTime: Infinity,
    structuralSharing: false,
  });

export interface Export {
  kind: "html" | "json";
  /** Without what only the interviewers may see. */
  shareable: boolean;
}

/** Fetched and then saved, so that a refusal can be shown, and the token of an outside sign-in goes along. */
export const useExport = (session: Session) =>
  useMutation({
    mutationFn: async ({ kind, shareable }: Export) => {
      const options = { params: { path: { id: session.id }, query: { shareable } }, parseAs: "blob" as const };
      const file = await answer(
        kind === "html" ? api.GET("/api/sessions/{id}/export.html", options) : api.GET("/api/sessions/{id}/export.json", options),
      );
      saveAs(file, `${session.problemSlug || "session"}-${session.createdAt.slice(0, 10)}.${kind}`);
    },
  });

/** Whether they see notes, pastes and what was before the start. */
export const seesAll = (session: Session, me: string): boolean =>
  session.host.id === me || session.participants.some(({ id, role }) => id === me && role === "interviewer");

/** Whether this person may play it; the server has the last word. */
export const mayReplay = (session: Session, me: string): boolean =>
  seesAll(session, me) || (session.replayFor === "everyone" && session.participants.some(({ id }) => id === me));
