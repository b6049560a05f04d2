import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { useState } from "react";

import { roomRuns, useLanguages } from "@/features/execution/api";
import { RunResult } from "@/features/execution/run-result";
import { RunBadge } from "@/features/execution/verdict";
import type { Session } from "@/features/sessions/api";
import { messageOf } from "@/lib/api/client";
import { classes } from "@/lib/classes";
import { timeOfDay } from "@/lib/format";
import { Button } from "@/ui/button";
import { Loading } from "@/ui/spinner";
import { EmptyState, ErrorState } from "@/ui/states";

/** Every run of the session, page by page; the last one is open. */
export function RecordRuns({ session, me }: { session: Session; me: string }) {
  const { t } = useLingui();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(roomRuns(session.id));
  const languages = useLanguages().data?.languages ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />;
  const runs = data.pages.flatMap((page) => page.runs);
  const run = runs.find(({ id }) => id === chosen) ?? runs[0];
  if (!run) {
    return (
      <section aria-label={t`Runs`} className="h-full bg-base-100">
        <EmptyState icon={Play} title={<Trans>Nothing was run</Trans>} />
      </section>
    );
  }
  return (
    <section aria-label={t`Runs`} className="grid h-full min-h-0 grid-rows-[auto_1fr] bg-base-100 sm:grid-cols-[17rem_1fr] sm:grid-rows-1">
      <ol className="flex gap-1 overflow-auto border-base-300 p-2 max-sm:border-b sm:flex-col sm:border-r">
        {runs.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              aria-pressed={one.id === run.id}
              onClick={() => setChosen(one.id)}
              className={classes("flex w-full cursor-pointer items-center gap-2 rounded-field px-2 py-1 text-sm hover:bg-base-200", one.id === run.id && "bg-base-200")}
            >
              <time dateTime={one.createdAt} className="quiet text-xs whitespace-nowrap tabular-nums">
                {timeOfDay(one.createdAt)}
              </time>
              <span className="min-w-0 grow truncate text-start">{one.by.name}</span>
              <RunBadge run={one} />
            </button>
          </li>
        ))}
        {hasNextPage && (
          <li className="p-1 text-center">
            {error && (
              <p role="alert" className="mb-1 text-xs text-error">
                {messageOf(error)}
              </p>
            )}
            <Button size="s" busy={isFetchingNextPage} onClick={() => void fetchNextPage()} className="whitespace-nowrap">
              <Trans>Show earlier runs</Trans>
            </Button>
          </li>
        )}
      </ol>
      <RunResult run={run} languages={languages} me={me} />
    </section>
  );
}
