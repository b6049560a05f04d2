import { queryOptions, useQuery } from "@tanstack/react-query";

import { answer, api, type Schemas } from "./api/client";

export type Config = Schemas["ConfigView"];

/** What this server is and what it allows; it does not change while the page is open. */
export const configQuery = queryOptions({
  queryKey: ["config"],
  queryFn: () => answer(api.GET("/api/config")),
  staleTime: Infinity,
});

export const useConfigQuery = () => useQuery(configQuery);

export const useConfig = (): Config | undefined => useConfigQuery().data;
