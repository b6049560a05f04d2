import { useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { startRoomRun } from "@/features/execution/api";
import type { Language, RunMode } from "@/features/execution/model";
import type { Problem } from "@/features/problems/api";
import { messageOf } from "@/lib/api/client";
import { toast } from "@/ui/toast";

import { useDocument, useDocumentView } from "./doc/document-context";
import { useRoom } from "./events/room-context";

export interface RunStarter {
  run: (mode: RunMode) => void;
  /** Which request is on its way. */
  starting: RunMode | null;
  /** A run of this room has not ended yet. */
  running: boolean;
  stdin: string;
  setStdin: (text: string) => void;
  hasTests: boolean;
  /** Why nothing can be run, if so. */
  refusal: string | undefined;
}

/** Runs what everybody sees in the editor right now. What comes of it arrives as events of the room. */
export function useRunStarter(languages: readonly Language[], unavailable: string | null, problem: Problem | undefined): RunStarter {
  const { t } = useLingui();
  const { session, runs } = useRoom();
  const document = useDocument();
  const { activeFile } = useDocumentView();
  const [typed, setStdin] = useState<string | null>(null);
  const stdin = typed ?? problem?.examples[0]?.input ?? "";
  const start = useMutation({
    mutationFn: (body: Parameters<typeof startRoomRun>[1]) => startRoomRun(session.id, body),
    onError: (error) => toast.error(messageOf(error)),
  });
  const language = languages.find(({ fileName }) => fileName === activeFile);
  const refusal = document.canEdit ? (unavailable ?? undefined) : t`Observers see the runs of the others.`;

  const run = (mode: RunMode) => {
    const source = activeFile === null ? undefined : document.text(activeFile)?.toJSON();
    if (!language || source === undefined || refusal || start.isPending) return;
    start.mutate({ language: language.id, source, stdin, mode });
  };
  return {
    run,
    starting: start.isPending ? start.variables.mode : null,
    running: runs.some(({ status }) => status !== "finished"),
    stdin,
    setStdin,
    hasTests: (problem?.visibleTests.length ?? 0) > 0,
    refusal,
  };
}
