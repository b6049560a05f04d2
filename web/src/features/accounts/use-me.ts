import { useQuery } from "@tanstack/react-query";

import { Refusal } from "@/lib/api/client";
import { ME } from "@/lib/query-client";

import { fetchMe, type User } from "./api";

interface Me {
  /** The signed-in person or guest; null when nobody is; undefined while we do not know. */
  me: User | null | undefined;
  error: Error | null;
  retry: () => void;
}

export function useMe(): Me {
  const query = useQuery({
    queryKey: ME,
    queryFn: async ({ signal }) => {
      try {
        return await fetchMe(signal);
      } catch (error) {
        if (error instanceof Refusal && error.status === 401) return null;
        throw error;
      }
    },
    staleTime: 60_000,
  });
  return { me: query.data, error: query.error, retry: () => void query.refetch() };
}
