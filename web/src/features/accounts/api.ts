import { type Query, useMutation, useQueryClient } from "@tanstack/react-query";

import { answer, api, type Schemas } from "@/lib/api/client";
import { externalSession } from "@/lib/external-session";
import { forgetRooms } from "@/lib/kept-rooms";
import { ME } from "@/lib/query-client";
import { startAnew } from "@/lib/start-anew";

export type User = Schemas["UserView"];

export async function fetchMe(signal?: AbortSignal): Promise<User> {
  return (await answer(api.GET("/api/auth/me", signal ? { signal } : {}))).user;
}

/** Another person in the same browser must find nothing of the one before. */
function useBecome() {
  const client = useQueryClient();
  const ofOthers = (query: Query) => query.queryKey[0] !== ME[0];
  return (user: User) => {
    client.setQueryData(ME, user);
    client.removeQueries({ predicate: (query) => ofOthers(query) && !query.isActive() });
    void client.resetQueries({ predicate: ofOthers });
  };
}

export function useRegister() {
  const become = useBecome();
  return useMutation({
    mutationFn: async (body: Schemas["RegisterBody"]) => (await answer(api.POST("/api/auth/register", { body }))).user,
    onSuccess: become,
  });
}

export function useSignIn() {
  const become = useBecome();
  return useMutation({
    mutationFn: async (body: Schemas["LoginBody"]) => (await answer(api.POST("/api/auth/login", { body }))).user,
    onSuccess: become,
  });
}

export function useSignOut() {
  return useMutation({
    mutationFn: async () => {
      await externalSession()?.signOut();
      await answer(api.POST("/api/auth/logout"));
      await forgetRooms();
    },
    onSuccess: () => startAnew("/"),
  });
}

export function useUpdateMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: Schemas["ProfileBody"]) => (await answer(api.PATCH("/api/auth/me", { body }))).user,
    onSuccess: (user) => client.setQueryData(ME, user),
  });
}

export function useEraseMe() {
  return useMutation({
    mutationFn: async (password: string | null) => {
      await answer(api.DELETE("/api/auth/me", { body: { password } }));
      await forgetRooms();
      await externalSession()?.signOut();
    },
    onSuccess: () => startAnew("/"),
  });
}
