import { useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";

import { startRoomRun, stopRoomRun, type useLanguages } from "@/features/execution/api";
import type { Run, RunMode } from "@/features/execution/model";
import type { RunHands } from "@/features/execution/run-panel";
import { NO_INPUT, type RunInput, useRunInput } from "@/features/execution/use-run-input";
import type { Problem } from "@/features/problems/api";
import { messageOf } from "@/lib/api/client";
import { toast } from "@/ui/toast";

import { useDocument, useDocumentView } from "./doc/document-context";
import { useRoom } from "./events/room-context";

export interface RunStarter {
  run: (mode: RunMode) => void;
  /** Which request is on its way. */
  starting: RunMode | null;
  input: RunInput;
  hasTests: boolean;
  /** For who may type to runs and stop them. */
  hands: RunHands | undefined;
  stopNewest: () => void;
  /** Why nothing can be run, if so. */
  refusal: string | undefined;
  /** Asks again for what can be run here, when that failed. */
  retry: (() => void) | undefined;
}

/** Runs what everybody sees in the editor right now. What comes of it arrives as events of the room. */
export function useRunStarter(languages: ReturnType<typeof useLanguages>, problem: Problem | undefined): RunStarter {
  const { t } = useLingui();
  const { session, runs, status, send } = useRoom();
  const document = useDocument();
  const { activeFile } = useDocumentView();
  const input = useRunInput(problem?.examples[0]?.input ?? "");
  const start = useMutation({
    mutationFn: (body: Parameters<typeof startRoomRun>[1]) => startRoomRun(session.id, body),
    onError: (error) => toast.error(messageOf(error)),
  });
  const stop = useMutation({
    mutationFn: (run: Run) => stopRoomRun(session.id, run.id),
    onError: (error) => toast.error(messageOf(error)),
  });
  const hands: RunHands = {
    type: ({ id: runId }, text, end) => {
      if (text) send({ type: "run.input", runId, text });
      if (end) send({ type: "run.input_end", runId });
    },
    stop: (run) => stop.mutate(run),
    connected: status === "live",
  };
  const stopNewest = () => {
    const going = runs.find((run) => run.status !== "finished");
    if (going && document.canEdit) stop.mutate(going);
  };
  const { data, error, refetch } = languages;
  const language = data?.languages.find(({ fileName }) => fileName === activeFile);
  const unknown = document.canEdit && !data && error !== null;
  const refusal = refusalOf();

  const run = (mode: RunMode) => {
    const source = activeFile === null ? undefined : document.text(activeFile)?.toJSON();
    if (source === undefined || refusal || start.isPending) return;
    if (!language) {
      toast.error(data ? t`Code in this file's language cannot be run here.` : t`What can be run here is not known yet. Try again in a moment.`);
      return;
    }
    start.mutate({ language: language.id, source, mode, ...(mode === "run" ? input.of(source) : NO_INPUT) });
  };
  return {
    run,
    starting: start.isPending ? start.variables.mode : null,
    input,
    hasTests: (problem?.visibleTests.length ?? 0) > 0,
    hands: document.canEdit ? hands : undefined,
    stopNewest,
    refusal,
    retry: unknown ? () => void refetch() : undefined,
  };

  function refusalOf() {
    if (!document.canEdit) return t`Observers see the runs of the others.`;
    if (unknown) return messageOf(error);
    return data?.unavailable ?? undefined;
  }
}
