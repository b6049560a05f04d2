import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ChevronRight, SearchX } from "lucide-react";
import { useMemo } from "react";
import { Link } from "react-router";

import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Icon } from "@/ui/icon";
import { Page } from "@/ui/page";
import { Skeleton } from "@/ui/spinner";
import { EmptyState, ErrorState } from "@/ui/states";

import { type ProblemSummary, useProblems } from "./api";
import { DifficultyBadge } from "./difficulty-badge";
import { type Filter, matching, tagName, tagsOf } from "./filter";
import { ProblemFilter } from "./problem-filter";
import { useFilter } from "./use-filter";

const NOTHING: Filter = { difficulty: null, tag: null, q: "" };

export default function ProblemsPage() {
  const { t } = useLingui();
  const problems = useProblems();
  const [filter, setFilter] = useFilter();
  const all = problems.data;
  const tags = useMemo(() => tagsOf(all ?? []), [all]);
  const shown = all && matching(all, filter);

  return (
    <Page title={t`Problems`} lead={<Trans>Solve one alone, or hold an interview with it.</Trans>}>
      <ProblemFilter filter={filter} tags={tags} onChange={setFilter} />
      <p role="status" className="quiet mt-5 mb-2 min-h-5 text-sm">
        {shown && <Plural value={shown.length} one="# problem" other="# problems" />}
      </p>
      <Card className="overflow-hidden">
        {problems.isPending && <Waiting />}
        {problems.error && <ErrorState error={problems.error} onRetry={() => void problems.refetch()} />}
        {shown && shown.length > 0 && (
          <ul className="divide-y divide-base-300">
            {shown.map((problem) => (
              <Row key={problem.slug} problem={problem} />
            ))}
          </ul>
        )}
        {shown?.length === 0 && (
          <EmptyState
            icon={SearchX}
            title={<Trans>No problem fits</Trans>}
            action={
              <Button size="s" onClick={() => setFilter(NOTHING)}>
                <Trans>Show all</Trans>
              </Button>
            }
          />
        )}
      </Card>
    </Page>
  );
}

function Row({ problem }: { problem: ProblemSummary }) {
  return (
    <li className="group relative grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1.5 px-4 py-3 hover:bg-base-200 sm:grid-cols-[minmax(12rem,1.2fr)_6rem_2fr_auto] sm:px-5">
      <Link to={`/problem/${problem.slug}`} className="font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-primary">
        {problem.title}
      </Link>
      <DifficultyBadge difficulty={problem.difficulty} />
      <span className="col-span-full flex flex-wrap gap-1.5 sm:col-span-1">
        {problem.tags.map((tag) => (
          <Badge key={tag}>{tagName(tag)}</Badge>
        ))}
      </span>
      <Icon of={ChevronRight} className="quiet hidden transition-transform group-hover:translate-x-0.5 sm:block" />
    </li>
  );
}

/** As tall as the rows it stands for. */
function Waiting() {
  return (
    <div className="divide-y divide-base-300">
      {Array.from({ length: 10 }, (_, index) => (
        <div key={index} className="flex h-[3.05rem] items-center px-5">
          <Skeleton className="h-4 w-48" />
        </div>
      ))}
    </div>
  );
}
