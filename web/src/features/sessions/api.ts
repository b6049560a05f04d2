import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";

import { answer, api, type Schemas } from "@/lib/api/client";

export type Session = Schemas["SessionView"];
export type Role = Schemas["Role"];
export type Invite = Schemas["InviteView"];

/** Queries below this key are asked anew when a session was made, joined, left or ended. */
export const SESSIONS = ["sessions"] as const;

type Page = Schemas["SessionsAnswer"];

const paged = (name: string, fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<Page>) => ({
  queryKey: [...SESSIONS, name],
  queryFn: ({ pageParam, signal }: { pageParam: string | undefined; signal: AbortSignal }) => fetchPage(pageParam, signal),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: Page) => page.nextCursor ?? undefined,
});

const cursorOf = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor });

/** Active and open to anybody signed in, newest first. */
export const useOpenSessions = () =>
  useInfiniteQuery(
    paged("open", (cursor, signal) => answer(api.GET("/api/sessions", { params: { query: cursorOf(cursor) }, signal }))),
  );

/** Those I am or was in. */
export const useMySessions = (status: "active" | "completed") =>
  useInfiniteQuery(
    paged(`mine-${status}`, (cursor, signal) =>
      answer(api.GET("/api/sessions/my-sessions", { params: { query: { status, ...cursorOf(cursor) } }, signal })),
    ),
  );

function useSessionChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: SESSIONS });
      void client.invalidateQueries({ queryKey: ["dashboard"] });
    },
  });
}

export const useCreateSession = () =>
  useSessionChange(async (body: Schemas["CreateBody"]) => (await answer(api.POST("/api/sessions", { body }))).session);

export const useJoinSession = () =>
  useSessionChange(
    async (id: string) => (await answer(api.POST("/api/sessions/{id}/join", { params: { path: { id } } }))).session,
  );

export const useLeaveSession = () =>
  useSessionChange((id: string) => answer(api.POST("/api/sessions/{id}/leave", { params: { path: { id } } })));

export const useEndSession = () =>
  useSessionChange((id: string) => answer(api.POST("/api/sessions/{id}/end", { params: { path: { id } } })));
