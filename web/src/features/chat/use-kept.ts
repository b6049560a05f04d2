import { useQueryClient } from "@tanstack/react-query";
import { useState, useSyncExternalStore } from "react";

/** A value in the query cache: outlives the component, goes with the sign-out. */
export function useKept<T>(key: readonly unknown[], initial: T): [T, (change: (before: T) => T) => void] {
  const client = useQueryClient();
  const [hash] = useState(() => JSON.stringify(key));
  const value = useSyncExternalStore(
    (listener) => client.getQueryCache().subscribe((event) => JSON.stringify(event.query.queryKey) === hash && listener()),
    () => client.getQueryData<T>(key) ?? initial,
  );
  return [value, (change) => void client.setQueryData<T>(key, (before) => change(before ?? initial))];
}
