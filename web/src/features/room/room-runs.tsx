import type { Language } from "@/features/execution/model";
import { RunPanel } from "@/features/execution/run-panel";

import { useRoom } from "./events/room-context";
import type { RunStarter } from "./use-run-starter";

/** The room's runs, whoever started them. */
export function RoomRuns({ languages, runner }: { languages: readonly Language[]; runner: RunStarter }) {
  const { me, runs } = useRoom();
  const { run, starting, stdin, setStdin, hasTests, refusal } = runner;
  return (
    <RunPanel
      runs={runs}
      languages={languages}
      me={me.id}
      stdin={stdin}
      onStdin={setStdin}
      onRun={run}
      starting={starting}
      hasTests={hasTests}
      refusal={refusal}
    />
  );
}
