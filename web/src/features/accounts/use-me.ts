import { useQuery } from "@tanstack/react-query";

import { Refusal } from "@/lib/api/client";
import { externalSession, externalSettled } from "@/lib/external-session";
import { ME } from "@/lib/query-client";

import { fetchMe, type User } from "./api";

/** Nobody is null; but only once an outside provider, if there is one, has had its say. */
async function whoAmI(signal: AbortSignal): Promise<User | null> {
  const me = await orNobody(fetchMe(signal));
  if (me) return me;
  await externalSettled();
  return externalSession() ? orNobody(fetchMe(signal)) : null;
}

async function orNobody(asked: Promise<User>): Promise<User | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) return null;
    throw error;
  }
}

interface Me {
  /** The signed-in person or guest; null when nobody is; undefined while we do not know. */
  me: User | null | undefined;
  error: Error | null;
  retry: () => void;
}

export function useMe(): Me {
  const query = useQuery({
    queryKey: ME,
    queryFn: ({ signal }) => whoAmI(signal),
    staleTime: 60_000,
  });
  return { me: query.data, error: query.error, retry: () => void query.refetch() };
}
