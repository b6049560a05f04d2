import { QueryCache, QueryClient } from "@tanstack/react-query";

import { Refusal } from "./api/client";

export const ME = ["me"] as const;

const RETRIES = 2;
/** Going back to a page within this time shows what was there without asking again. */
const FRESH_MS = 10_000;

export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError(error) {
        // The sign-in ended on the server: everything that asks who I am learns it at once.
        if (error instanceof Refusal && error.status === 401) client.setQueryData(ME, null);
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (failures, error) => failures < RETRIES && (!(error instanceof Refusal) || error.status === 0 || error.status >= 500),
      },
      mutations: { retry: false },
    },
  });
  return client;
}
