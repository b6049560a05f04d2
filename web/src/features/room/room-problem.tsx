import { Trans, useLingui } from "@lingui/react/macro";
import type { UseQueryResult } from "@tanstack/react-query";
import { FileText } from "lucide-react";

import { useNoteCopy } from "@/features/integrity/use-activity";
import type { Problem } from "@/features/problems/api";
import { ProblemStatement } from "@/features/problems/problem-statement";
import { Loading } from "@/ui/spinner";
import { EmptyState, ErrorState } from "@/ui/states";

export type ProblemQuery = UseQueryResult<Problem>;

export function RoomProblem({ problem }: { problem: ProblemQuery }) {
  const { t } = useLingui();
  const noteCopy = useNoteCopy();
  return (
    // Keyboards scroll what has the focus.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div role="region" aria-label={t`Problem`} tabIndex={0} onCopy={noteCopy} className="h-full overflow-y-auto bg-base-100 px-4 py-4 sm:px-5">
      {!problem.isEnabled ? (
        <EmptyState icon={FileText} title={<Trans>No problem</Trans>}>
          <Trans>This is a blank pad: write and run what you like.</Trans>
        </EmptyState>
      ) : problem.data ? (
        <ProblemStatement problem={problem.data} level="h2" />
      ) : problem.error ? (
        <ErrorState error={problem.error} onRetry={() => void problem.refetch()} />
      ) : (
        <Loading />
      )}
    </div>
  );
}
