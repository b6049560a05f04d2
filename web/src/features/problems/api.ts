import { queryOptions, useQuery } from "@tanstack/react-query";

import { answer, api, type Schemas } from "@/lib/api/client";

export type Problem = Schemas["ProblemView"];
export type ProblemSummary = Schemas["ProblemSummaryView"];
/** What is enough to name a problem. */
export type ProblemHead = Pick<ProblemSummary, "slug" | "title" | "difficulty">;
export type Difficulty = Schemas["Difficulty"];

export const DIFFICULTIES: readonly Difficulty[] = ["easy", "medium", "hard"];

/** The bank changes only when the server starts anew. */
const FRESH_MS = 10 * 60_000;

/** All problems at once: the bank is small, and filtering in the page answers at each key. */
export function useProblems(enabled = true) {
  return useQuery({
    queryKey: ["problems"],
    queryFn: async ({ signal }) => (await answer(api.GET("/api/problems", { signal }))).problems,
    staleTime: FRESH_MS,
    enabled,
  });
}

export const problemQuery = (slug: string) =>
  queryOptions({
    queryKey: ["problem", slug],
    queryFn: async ({ signal }) =>
      (await answer(api.GET("/api/problems/{slug}", { params: { path: { slug } }, signal }))).problem,
    staleTime: FRESH_MS,
  });

/** Of an empty slug there is none, and nothing is asked. */
export const useProblem = (slug: string) => useQuery({ ...problemQuery(slug), enabled: slug !== "" });
