/** What events change in a run: the same in a room and outside. Pure. */
import type { ServerEvent } from "@/lib/api/room";

import type { Run } from "./model";

type Told<T extends ServerEvent["type"]> = Extract<ServerEvent, { type: T }>;
export type RunEvent = Told<"run.started" | "run.queued" | "run.output" | "run.input" | "run.finished" | "run.diagnostics">;

export const isRunEvent = (event: ServerEvent): event is RunEvent => event.type.startsWith("run.");

export const runIdOf = (event: RunEvent): string => ("run" in event ? event.run.id : event.runId);

const FIELD_OF = { compile: "compileOutput", stdout: "stdout", stderr: "stderr" } as const;

/** The run after `event`, which is about it. */
export function changedBy(run: Run, event: RunEvent): Run {
  switch (event.type) {
    case "run.started":
    case "run.finished":
      return event.run;
    case "run.queued":
      return { ...run, queuePosition: event.position };
    case "run.output": {
      const field = FIELD_OF[event.stream];
      if (run.partial) return { ...run, status: "running" }; // text after a gap would read as if there were none
      return { ...run, status: "running", [field]: run[field] + event.text };
    }
    case "run.input": {
      const { by, text, ended } = event;
      const typed = { by, text, ended, stdoutAt: run.stdout.length, stderrAt: run.stderr.length };
      return { ...run, typed: run.partial ? run.typed : [...run.typed, typed], takesInput: run.takesInput && !ended };
    }
    case "run.diagnostics":
      return { ...run, diagnostics: event.text };
    default:
      return run; // a newer server may tell more
  }
}
