import { Trans } from "@lingui/react/macro";
import { RotateCw } from "lucide-react";

import type { Language } from "@/features/execution/model";
import { RunPanel } from "@/features/execution/run-panel";
import type { Problem } from "@/features/problems/api";
import { Button } from "@/ui/button";

import { useRoom } from "./events/room-context";
import type { RunStarter } from "./use-run-starter";

interface Props {
  languages: readonly Language[];
  runner: RunStarter;
  problem: Problem | undefined;
}

/** The room's runs, whoever started them. */
export function RoomRuns({ languages, runner, problem }: Props) {
  const { me, runs } = useRoom();
  const { run, runCase, starting, input, hasTests, noTests, book, refusal, retry, hands } = runner;
  const again = retry && (
    <Button size="s" icon={RotateCw} onClick={retry} className="ms-3">
      <Trans>Try again</Trans>
    </Button>
  );
  return (
    <RunPanel
      runs={runs}
      languages={languages}
      me={me.id}
      input={input}
      hands={hands}
      onRun={run}
      starting={starting}
      hasTests={hasTests}
      noTests={noTests}
      cases={problem && { problem, book, onRun: runCase }}
      refusal={
        refusal && (
          <>
            {refusal}
            {again}
          </>
        )
      }
    />
  );
}
