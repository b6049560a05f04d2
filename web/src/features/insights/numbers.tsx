import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";

import { count, duration } from "@/lib/format";
import { Card } from "@/ui/card";
import { Skeleton } from "@/ui/spinner";
import { ErrorState } from "@/ui/states";

import { type Numbers as Values, useNumbers } from "./api";

const MINUTE = 60_000;

/** What this person did here, counted by the server. */
export function Numbers() {
  const { data, error, refetch } = useNumbers();
  if (error && !data) {
    return (
      <Card>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Card>
    );
  }
  const shown: { label: ReactNode; value: (numbers: Values) => string }[] = [
    { label: <Trans>Going on now</Trans>, value: (numbers) => count(numbers.active) },
    { label: <Trans>Hosted</Trans>, value: (numbers) => count(numbers.hosted) },
    { label: <Trans>Taken part in</Trans>, value: (numbers) => count(numbers.taken) },
    { label: <Trans>People met</Trans>, value: (numbers) => count(numbers.people) },
    { label: <Trans>Code runs</Trans>, value: (numbers) => count(numbers.runs) },
    { label: <Trans>Time in interviews</Trans>, value: (numbers) => (numbers.minutes ? duration(numbers.minutes * MINUTE) : "0") },
  ];
  return (
    <Card className="numbers">
      <dl className="grid-cols-2 sm:grid-cols-3 lg:grid-cols-6">
        {shown.map(({ label, value }, index) => (
          <div key={index}>
            <dt className="quiet text-sm">{label}</dt>
            <dd className="mt-0.5 text-2xl font-semibold tracking-tight tabular-nums">
              {data ? value(data) : <Skeleton className="my-1 h-6 w-10" />}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
