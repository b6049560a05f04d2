import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { answer, api, Refusal, type Schemas } from "@/lib/api/client";
import { forgetRooms } from "@/lib/kept-rooms";
import { ME } from "@/lib/query-client";

import { SESSIONS } from "../api";

export type InvitePreview = Schemas["InvitePreview"];

const path = (token: string) => ({ params: { path: { token } } });

/** What the invite is to, before anybody accepts it. Depends on who asks. */
export function useInvite(token: string, meId: string | null) {
  return useQuery({
    queryKey: ["invite", token, meId],
    queryFn: ({ signal }) => answer(api.GET("/api/invites/{token}", { ...path(token), signal })),
    // Becoming a guest changes who asks, but not what is on the page while the door opens.
    placeholderData: keepPreviousData,
  });
}

/** `name` is only for who is not signed in: they become a guest. */
export function useAcceptInvite(token: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string | null) => answer(api.POST("/api/invites/{token}/accept", { ...path(token), body: { name } })),
    onSuccess: async () => {
      void client.invalidateQueries({ queryKey: SESSIONS });
      // Awaited: the room's page would send somebody who is not signed in yet away to do so.
      await client.invalidateQueries({ queryKey: ME });
    },
  });
}

/**
 * Signs out and leaves the invite's page where it is: who does so here wants to come in as somebody else. `leave`: the
 * session whose seat nobody could give up afterwards.
 */
export function useOtherPerson() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (leave: string | null) => {
      if (leave !== null) await giveUpSeat(leave);
      await answer(api.POST("/api/auth/logout"));
      await forgetRooms();
    },
    onSuccess: () => {
      client.setQueryData(ME, null);
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ME[0] && queryKey[0] !== "invite" });
    },
  });
}

async function giveUpSeat(id: string): Promise<void> {
  try {
    await answer(api.POST("/api/sessions/{id}/leave", { params: { path: { id } } }));
  } catch (error) {
    // A server that refuses knows of no seat, e.g. because the session is over. One that is away is asked again.
    if (!(error instanceof Refusal) || error.status === 0 || error.status >= 500) throw error;
  }
}
