import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Play, RotateCw, Square } from "lucide-react";
import type { ReactNode } from "react";

import { messageOf } from "@/lib/api/client";
import { classes } from "@/lib/classes";
import { bytes, runTime } from "@/lib/format";
import { Button } from "@/ui/button";
import { EmptyState } from "@/ui/states";

import { wholeRun } from "./api";
import type { Language, Run } from "./model";
import { OutputView } from "./output-view";
import { AwaitedTests, TestsTable } from "./tests-table";
import { RunBadge, sentenceOf } from "./verdict";

interface Props {
  run: Run | undefined;
  languages: readonly Language[];
  /** Id of the reader. */
  me: string | null;
  /** For who may stop it. */
  onStop?: (run: Run) => void;
  /** Names of the tests that are not hidden, while a run of them goes on. */
  awaited?: readonly string[];
}

/** One run: how it ended, in words; then what it printed, or its tests. */
export function RunResult({ run, ...reader }: Props) {
  if (!run) {
    return (
      <EmptyState icon={Play} title={<Trans>Nothing has been run yet</Trans>} className="py-6">
        <Trans>Press Run, or Ctrl+Enter in the editor. What is printed appears here.</Trans>
      </EmptyState>
    );
  }
  if (run.partial && run.sessionId !== null) return <PartialRun run={run} session={run.sessionId} {...reader} />;
  return <Shown run={run} {...reader} />;
}

/** One of which only the beginning was sent: the rest is fetched now that somebody looks. */
function PartialRun({ run, session, ...reader }: Omit<Props, "run"> & { run: Run; session: string }) {
  const { data, error, refetch } = useQuery({ ...wholeRun(session, run.id), enabled: run.status === "finished" });
  if (data) return <Shown run={data} {...reader} />;
  const notice = error ? (
    <>
      <span role="alert">{messageOf(error)}</span>
      <Button size="s" icon={RotateCw} onClick={() => void refetch()}>
        <Trans>Try again</Trans>
      </Button>
    </>
  ) : run.status === "finished" ? (
    <Trans>This is the beginning. The rest is being fetched…</Trans>
  ) : (
    <Trans>This is the beginning. The rest comes when the run has ended.</Trans>
  );
  return <Shown run={run} {...reader} notice={notice} />;
}

function Shown({ run, languages, me, notice, onStop, awaited = [] }: Props & { run: Run; notice?: ReactNode }) {
  const { t } = useLingui();
  const tested = run.tests.length > 0;
  return (
    <div className="flex h-full min-h-0 flex-col" data-run={run.id} data-verdict={run.verdict ?? run.status}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 text-sm">
        <RunBadge run={run} />
        <p className={classes("min-w-0 grow text-pretty", run.status === "finished" ? "basis-40" : "basis-24")}>{sentenceOf(run)}</p>
        <Facts run={run} languages={languages} me={me} />
        {onStop && run.status !== "finished" && (
          <Button size="s" icon={Square} onClick={() => onStop(run)} title={t`Ctrl+Shift+Enter`} className="btn-xs">
            <Trans>Stop</Trans>
          </Button>
        )}
      </div>
      {notice && <div className="quiet flex flex-wrap items-center gap-2 px-3 pb-2 text-sm">{notice}</div>}
      <div className="min-h-0 grow overflow-y-auto">
        {tested ? (
          <TestsTable key={run.id} run={run} />
        ) : run.mode === "tests" && run.status !== "finished" && !run.compileOutput ? (
          <AwaitedTests names={awaited} />
        ) : (
          <OutputView key={run.id} run={run} />
        )}
        {tested && run.compileOutput && <OutputView key={`${run.id}-compile`} run={{ ...run, stdout: "", stderr: "" }} />}
      </div>
    </div>
  );
}

/** Who, in what, with which exit status, how long, how much. */
function Facts({ run, languages, me }: Props & { run: Run }) {
  const language = languages.find(({ id }) => id === run.language)?.name ?? run.language;
  const { t } = useLingui();
  const { exitCode, signal, timeMs, memoryBytes } = run;
  return (
    <p className="quiet flex flex-wrap gap-x-2.5 text-xs tabular-nums">
      <span>{run.by.id === me ? t`You, ${language}` : `${run.by.name}, ${language}`}</span>
      {exitCode !== null && run.mode === "run" && (
        <span>
          <Trans>exit status {exitCode}</Trans>
        </span>
      )}
      {signal && (
        <span>
          <Trans>signal {signal}</Trans>
        </span>
      )}
      {timeMs !== null && <span>{runTime(timeMs)}</span>}
      {memoryBytes !== null && <span>{bytes(memoryBytes)}</span>}
    </p>
  );
}
