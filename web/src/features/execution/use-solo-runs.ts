import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";

import { messageOf } from "@/lib/api/client";
import { toast } from "@/ui/toast";

import { startRun, stopRun, typeToRun } from "./api";
import { followRun } from "./follow-run";
import type { Run, RunMode } from "./model";
import { changedBy, runIdOf } from "./run-events";

/** One's own runs on the page of a problem, newest first. They are gone with the page. */
export function useSoloRuns() {
  const [runs, setRuns] = useState<readonly Run[]>([]);
  const following = useRef(new Set<AbortController>());
  const typing = useRef(Promise.resolve());
  useEffect(() => {
    const all = following.current;
    return () => all.forEach((one) => one.abort());
  }, []);

  const change = (id: string, changed: (run: Run) => Run) => setRuns((before) => before.map((run) => (run.id === id ? changed(run) : run)));
  const follow = async (id: string) => {
    const abort = new AbortController();
    following.current.add(abort);
    await followRun(id, abort.signal, (event) => change(runIdOf(event), (run) => changedBy(run, event)));
    following.current.delete(abort);
    change(id, (run) => ({ ...run, diagnostics: run.diagnostics ?? "" })); // nothing more will be said of it
  };
  const start = useMutation({
    mutationFn: startRun,
    onSuccess: (run) => {
      setRuns((before) => [run, ...before]);
      if (run.status !== "finished" || run.diagnostics === null) void follow(run.id);
    },
    onError: (error) => toast.error(messageOf(error)),
  });
  const stop = (run: Run) => void stopRun(run.id).catch((error: unknown) => toast.error(messageOf(error)));
  const type = (run: Run, text: string, end: boolean) => {
    // One after the other: what is typed second must not arrive first.
    typing.current = typing.current.then(() => typeToRun(run.id, text, end)).catch((error: unknown) => toast.error(messageOf(error)));
  };

  const starting: RunMode | null = start.isPending ? start.variables.mode : null;
  return { runs, start: start.mutate, starting, stop, type };
}
