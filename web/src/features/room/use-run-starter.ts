import { useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";

import { startRoomRun, stopRoomRun, type useLanguages } from "@/features/execution/api";
import { type CaseBook, ownCases } from "@/features/execution/cases/model";
import { type Run, type RunMode, whyNoTests } from "@/features/execution/model";
import type { RunHands } from "@/features/execution/run-panel";
import { NO_INPUT, type RunInput, useRunInput } from "@/features/execution/use-run-input";
import type { Problem } from "@/features/problems/api";
import { messageOf } from "@/lib/api/client";
import { useConfig } from "@/lib/config";
import { toast } from "@/ui/toast";

import { useDocument, useDocumentView, useSharedCases } from "./doc/document-context";
import { useRoom } from "./events/room-context";
import { mayRun } from "./rights";

export interface RunStarter {
  run: (mode: RunMode) => void;
  /** Which request is on its way. */
  starting: RunMode | null;
  input: RunInput;
  hasTests: boolean;
  /** Why not in the language that is shown, though there are some. */
  noTests: string | undefined;
  /** Those of everybody in the room. */
  book: CaseBook;
  /** Runs it once with this input. */
  runCase: ((input: string) => void) | undefined;
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
  const { session, me, runs, status, send } = useRoom();
  const canRun = mayRun(me);
  const document = useDocument();
  const { activeFile } = useDocumentView();
  const book = useSharedCases();
  const limits = useConfig()?.limits;
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
    if (going && canRun) stop.mutate(going);
  };
  const { data, error, refetch } = languages;
  const language = data?.languages.find(({ fileName }) => fileName === activeFile);
  const unknown = canRun && !data && error !== null;
  const refusal = refusalOf();

  const begin = (mode: RunMode, given?: string) => {
    const source = activeFile === null ? undefined : document.text(activeFile)?.toJSON();
    if (source === undefined || refusal || start.isPending) return;
    if (!language) {
      toast.error(data ? t`Code in this file's language cannot be run here.` : t`What can be run here is not known yet. Try again in a moment.`);
      return;
    }
    const how =
      mode === "tests"
        ? { ...NO_INPUT, cases: problem ? ownCases(problem, book.cases, limits) : [] }
        : given === undefined
          ? input.of(source)
          : { stdin: given, interactive: false };
    start.mutate({ language: language.id, source, mode, ...how });
  };
  return {
    run: (mode) => begin(mode),
    runCase: canRun ? (given) => begin("run", given) : undefined,
    starting: start.isPending ? start.variables.mode : null,
    input,
    hasTests: (problem?.visibleTests.length ?? 0) > 0,
    noTests: problem && language && whyNoTests(problem, language),
    book,
    hands: canRun ? hands : undefined,
    stopNewest,
    refusal,
    retry: unknown ? () => void refetch() : undefined,
  };

  function refusalOf() {
    if (!canRun) return t`Observers see the runs of the others.`;
    if (unknown) return messageOf(error);
    return data?.unavailable ?? undefined;
  }
}
