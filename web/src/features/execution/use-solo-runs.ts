import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { messageOf } from "@/lib/api/client";
import { toast } from "@/ui/toast";

import { fetchRun, startRun } from "./api";
import type { Run, RunMode } from "./model";

/** Outside a room nothing is pushed: a run that takes longer is asked for until it has ended. */
const POLL_MS = 400;

/** One's own runs on the page of a problem, newest first. They are gone with the page. */
export function useSoloRuns() {
  const [runs, setRuns] = useState<readonly Run[]>([]);
  const remember = (run: Run) => setRuns((before) => [run, ...before.filter(({ id }) => id !== run.id)]);
  const start = useMutation({
    mutationFn: startRun,
    onSuccess: remember,
    onError: (error) => toast.error(messageOf(error)),
  });

  const newest = runs[0];
  const waitingFor = newest && newest.status !== "finished" ? newest.id : null;
  useEffect(() => {
    if (!waitingFor) return;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      // Not reachable just now: the run goes on without us, so we ask again.
      const run = await fetchRun(waitingFor, abort.signal).catch(() => null);
      if (abort.signal.aborted) return;
      if (run) setRuns((before) => before.map((old) => (old.id === run.id ? run : old)));
      timer = setTimeout(() => void ask(), POLL_MS);
    };
    timer = setTimeout(() => void ask(), POLL_MS);
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [waitingFor]);

  const starting: RunMode | null = start.isPending ? start.variables.mode : null;
  return { runs, start: start.mutate, starting };
}
