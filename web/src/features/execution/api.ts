import { infiniteQueryOptions, queryOptions, useQuery } from "@tanstack/react-query";

import { answer, api } from "@/lib/api/client";

import type { RoomRunRequest, Run, RunRequest } from "./model";

const FRESH_MS = 5 * 60_000;

/** What can be run here; `unavailable` says why nothing can. */
export const useLanguages = () =>
  useQuery({
    queryKey: ["languages"],
    queryFn: ({ signal }) => answer(api.GET("/api/languages", { signal })),
    staleTime: FRESH_MS,
  });

/** Answers at once: what happens next comes as events of the room. */
export const startRoomRun = async (session: string, body: RoomRunRequest): Promise<Run> =>
  (await answer(api.POST("/api/sessions/{id}/runs", { params: { path: { id: session } }, body: { cases: [], files: [], ...body } }))).run;

export const startRun = async (body: RunRequest & { problem: string }): Promise<Run> =>
  (await answer(api.POST("/api/runs", { body: { cases: [], files: [], ...body } }))).run;

export const typeToRun = async (id: string, text: string, end: boolean): Promise<void> => {
  await answer(api.POST("/api/runs/{id}/input", { params: { path: { id } }, body: { text, end } }));
};

export const stopRun = async (id: string): Promise<Run> => (await answer(api.POST("/api/runs/{id}/stop", { params: { path: { id } } }))).run;

export const stopRoomRun = async (session: string, run: string): Promise<Run> =>
  (await answer(api.POST("/api/sessions/{id}/runs/{run}/stop", { params: { path: { id: session, run } } }))).run;

/** Page by page, newest first. */
export const roomRuns = (session: string) =>
  infiniteQueryOptions({
    queryKey: ["runs", session],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/sessions/{id}/runs", {
          params: { path: { id: session }, query: pageParam === null ? {} : { before: pageParam } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.before,
  });

/** All that is kept of a run that has ended. */
export const wholeRun = (session: string, id: string) =>
  queryOptions({
    queryKey: ["run", session, id],
    queryFn: async ({ signal }) =>
      (await answer(api.GET("/api/sessions/{id}/runs/{run}", { params: { path: { id: session, run: id } }, signal }))).run,
    staleTime: Infinity,
  });
