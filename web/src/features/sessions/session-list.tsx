import { Trans } from "@lingui/react/macro";
import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { Button } from "@/ui/button";
import { Skeleton } from "@/ui/spinner";
import { ErrorState } from "@/ui/states";

import type { Session } from "./api";

interface Props {
  query: UseInfiniteQueryResult<{ pages: { sessions: Session[] }[] }>;
  /** Instead of an empty list. */
  empty: ReactNode;
  keep?: (session: Session) => boolean;
  children: (session: Session) => ReactNode;
}

/** A list of sessions with its waiting, empty and failed states, longer on demand. */
export function SessionList({ query, empty, keep = () => true, children }: Props) {
  if (query.isPending) return <Waiting />;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const sessions = query.data.pages.flatMap((page) => page.sessions).filter(keep);
  if (sessions.length === 0 && !query.hasNextPage) return empty;
  return (
    <>
      <ul className="divide-y divide-base-300">
        {sessions.map((session) => (
          <li key={session.id}>{children(session)}</li>
        ))}
      </ul>
      {query.hasNextPage && (
        <div className="border-t border-base-300 p-2 text-center">
          <Button size="s" look="quiet" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            <Trans>Show more</Trans>
          </Button>
        </div>
      )}
    </>
  );
}

function Waiting() {
  return (
    <div className="min-h-44 divide-y divide-base-300">
      {[0, 1].map((row) => (
        <div key={row} className="flex flex-col gap-2.5 px-5 py-4">
          <Skeleton className="h-4 w-44" />
          <Skeleton className="h-3.5 w-64 max-w-full" />
        </div>
      ))}
    </div>
  );
}
