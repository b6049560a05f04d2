import { useMutation, useQuery } from "@tanstack/react-query";

import { SESSIONS } from "@/features/sessions/api";
import { answer, api, messageOf, type Schemas } from "@/lib/api/client";
import { saveAs } from "@/lib/save-as";
import { toast } from "@/ui/toast";

export type SessionRecord = Schemas["RecordAnswer"];
export type InviteRole = Schemas["InviteBody"]["role"];

/** Below SESSIONS: joining, leaving and ending ask for it anew. */
export const sessionKey = (id: string) => [...SESSIONS, "one", id];

export const useSession = (id: string) =>
  useQuery({
    queryKey: sessionKey(id),
    queryFn: async ({ signal }) =>
      (await answer(api.GET("/api/sessions/{id}", { params: { path: { id } }, signal }))).session,
  });

/** The document, live or as it was at the end. */
export const useRecord = (id: string) =>
  useQuery({
    queryKey: ["record", id],
    queryFn: ({ signal }) => answer(api.GET("/api/sessions/{id}/record", { params: { path: { id } }, signal })),
  });

export const useCreateInvite = (id: string) =>
  useMutation({
    mutationFn: async (body: Schemas["InviteBody"]) =>
      (await answer(api.POST("/api/sessions/{id}/invites", { params: { path: { id } }, body }))).invite,
  });

export const useRevokeInvites = (id: string) =>
  useMutation({
    mutationFn: () => answer(api.DELETE("/api/sessions/{id}/invites", { params: { path: { id } } })),
  });

export const useRemoveMember = (id: string) =>
  useMutation({
    mutationFn: (personId: string) =>
      answer(api.DELETE("/api/sessions/{id}/members/{personId}", { params: { path: { id, personId } } })),
  });

export const useAddPad = (id: string) =>
  useMutation({
    mutationFn: async (body: Schemas["PadBody"]) => (await answer(api.POST("/api/sessions/{id}/pads", { params: { path: { id } }, body }))).pad,
  });

/** The files of a pad, or without one of all; as they are now, or were at the end. */
export const useDownloadFiles = (id: string, name: string) =>
  useMutation({
    mutationFn: async (pad?: string) => {
      const query = pad === undefined ? {} : { pad };
      const packed = await answer(api.GET("/api/sessions/{id}/files.zip", { params: { path: { id }, query }, parseAs: "blob" }));
      saveAs(packed, `${name}.zip`);
    },
    onError: (error) => toast.error(messageOf(error)),
  });
