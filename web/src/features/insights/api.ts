import { useQuery } from "@tanstack/react-query";

import { answer, api, type Schemas } from "@/lib/api/client";

export type Numbers = Schemas["DashboardAnswer"];

export const useNumbers = () =>
  useQuery({ queryKey: ["dashboard"], queryFn: ({ signal }) => answer(api.GET("/api/dashboard", { signal })) });
