import { useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";

import { startRoomRun, stopRoomRun, type useLanguages } from "@/features/execution/api";
import { type CaseBook, ownCases } from "@/features/execution/cases/model";
import { type Language, type Run, type RunMode, whyNoTests } from "@/features/execution/model";
import type { RunHands } from "@/features/execution/run-panel";
import { NO_INPUT, type RunInput, useRunInput } from "@/features/execution/use-run-input";
import type { Problem } from "@/features/problems/api";
import { messageOf } from "@/lib/api/client";
import { useConfig } from "@/lib/config";
import { toast } from "@/ui/toast";

import { useDocument, useSharedCases } from "./doc/document-context";
import { useRoom } from "./events/room-context";
import { languageOf } from "./files/paths";
import { type Place, usePlace } from "./pads/place";
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

/** Runs the main file of the pad, whichever the reader looks at. What comes of it arrives as events of the room. */
export function useRunStarter(languages: ReturnType<typeof useLanguages>, problem: Problem | undefined): RunStarter {
  const { t } = useLingui();
  const { session, me, runs, status, send } = useRoom();
  const canRun = mayRun(me);
  const document = useDocument();
  const place = usePlace();
  const book = useSharedCases(place.pad.id);
  const limits = useConfig()?.limits;
  const input = useRunInput(problem?.examples[0]?.input ?? "", place.pad.id);
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
  const main = mainFile(place, data?.languages ?? []);
  const language = main === null ? undefined : languageOf(main, data?.languages ?? []);
  const unknown = canRun && !data && error !== null;
  const refusal = refusalOf();

  const begin = (mode: RunMode, given?: string) => {
    const source = main === null ? undefined : document.text(main)?.toJSON();
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
    const files = beside(place, main, data?.languages ?? []).map((path) => ({
      name: path.slice(place.prefix.length),
      content: document.text(path)?.toJSON() ?? "",
    }));
    start.mutate({ language: language.id, source, mode, pad: place.pad.id, files, ...how });
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

/** What is run of a pad: the file of its language, or else the one that is shown. */
export function mainFile({ pad, prefix, paths }: Pick<Place, "pad" | "prefix" | "paths">, languages: readonly Language[]): string | null {
  const own = languages.find(({ id }) => id === pad.language);
  const path = own && prefix + own.fileName;
  return path !== undefined && paths.includes(path) ? path : pad.activeFile;
}

/** What lies beside it when it runs: files in no folder, but not what was written in other languages. */
function beside({ prefix, written }: Place, main: string | null, languages: readonly Language[]): string[] {
  const mains = new Set(languages.map(({ fileName }) => fileName));
  return written.filter((path) => {
    const name = path.slice(prefix.length);
    return path !== main && !name.includes("/") && !mains.has(name);
  });
}
