/** What those who lead a session ask the server for. The room tells what came of it: nothing is kept here. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { answer, api, type Schemas } from "@/lib/api/client";

import type { Session } from "./events/types";

export type Directions = Schemas["DirectBody"];
export type GivenRole = NonNullable<Schemas["MemberBody"]["role"]>;
export type ListedInvite = Schemas["ListedInviteView"];

/** Lock, timer, quiet time, seats, lobby…; what is left out stays as it is. */
export const useDirect = (id: string) =>
  useMutation({ mutationFn: (body: Directions) => answer(api.PATCH("/api/sessions/{id}", { params: { path: { id } }, body })) });

export const useStartSession = (id: string) =>
  useMutation({ mutationFn: () => answer(api.POST("/api/sessions/{id}/start", { params: { path: { id } } })) });

interface Assignment {
  personId: string;
  role?: GivenRole;
  /** Let in from the lobby, or sent back to it. */
  admitted?: boolean;
}

export const useAssign = (id: string) =>
  useMutation({
    mutationFn: ({ personId, ...body }: Assignment) =>
      answer(api.PATCH("/api/sessions/{id}/members/{personId}", { params: { path: { id, personId } }, body })),
  });

export const useHandOver = (id: string) =>
  useMutation({
    mutationFn: (personId: string) => answer(api.POST("/api/sessions/{id}/host", { params: { path: { id } }, body: { personId } })),
  });

const invitesKey = (id: string) => ["invites-of", id];

/** Asked anew when somebody has come or gone. */
export const useInvites = ({ id, participants }: Session) =>
  useQuery({
    queryKey: [...invitesKey(id), participants.map((person) => person.id)],
    queryFn: async ({ signal }) =>
      (await answer(api.GET("/api/sessions/{id}/invites", { params: { path: { id } }, signal }))).invites,
    placeholderData: (before) => before,
  });

export const useForgetInvites = (id: string) => {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: invitesKey(id) });
};

export const useRevokeInvite = (id: string) => {
  const forget = useForgetInvites(id);
  return useMutation({
    mutationFn: ({ invite, people }: { invite: string; people: boolean }) =>
      answer(api.DELETE("/api/sessions/{id}/invites/{token}", { params: { path: { id, token: invite }, query: { people } } })),
    onSettled: forget,
  });
};
