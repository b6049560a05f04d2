import { selectOrdinal, t } from "@lingui/core/macro";
import { CircleCheck, CircleX, Clock, Loader, type LucideIcon, MemoryStick, ServerCrash, Square, TriangleAlert } from "lucide-react";

import { Badge, type Tone } from "@/ui/badge";

import type { Run, Verdict } from "./model";

interface Look {
  label: string;
  tone: Tone;
  icon: LucideIcon;
  /** When the server has no sentence of its own. */
  sentence: string;
}

export function lookOf(verdict: Verdict): Look {
  switch (verdict) {
    case "ok":
      return { label: t`Finished`, tone: "success", icon: CircleCheck, sentence: t`The program ended by itself.` };
    case "accepted":
      return { label: t`Accepted`, tone: "success", icon: CircleCheck, sentence: t`It is what is expected.` };
    case "wrong_answer":
      return { label: t`Wrong answer`, tone: "error", icon: CircleX, sentence: t`It is something else than expected.` };
    case "compile_error":
      return { label: t`Does not compile`, tone: "error", icon: CircleX, sentence: t`See what the compiler says below.` };
    case "runtime_error":
      return { label: t`Runtime error`, tone: "error", icon: TriangleAlert, sentence: t`The program ended with an error.` };
    case "time_limit":
      return { label: t`Time limit`, tone: "warning", icon: Clock, sentence: t`It took too long and was stopped.` };
    case "memory_limit":
      return { label: t`Memory limit`, tone: "warning", icon: MemoryStick, sentence: t`It wanted too much memory and was stopped.` };
    case "output_limit":
      return { label: t`Output limit`, tone: "warning", icon: TriangleAlert, sentence: t`It printed too much and was stopped.` };
    case "process_limit":
      return { label: t`Process limit`, tone: "warning", icon: TriangleAlert, sentence: t`It started too many processes.` };
    case "stopped":
      return { label: t`Stopped`, tone: "neutral", icon: Square, sentence: t`Somebody stopped it.` };
    case "internal_error":
      return { label: t`Could not run`, tone: "warning", icon: ServerCrash, sentence: t`Our runner failed, not your program. Try again.` };
  }
}

export function VerdictBadge({ verdict }: { verdict: Verdict }) {
  const { label, tone, icon } = lookOf(verdict);
  return (
    <Badge tone={tone} icon={icon}>
      {label}
    </Badge>
  );
}

/** How a run stands, in a word. */
export function RunBadge({ run }: { run: Run }) {
  if (run.verdict) return <VerdictBadge verdict={run.verdict} />;
  return (
    <Badge tone="info" icon={run.status === "queued" ? Clock : Loader}>
      {run.status === "queued" ? t`Waiting` : t`Running`}
    </Badge>
  );
}

function queued(position: number | null): string {
  if (position === null) return t`Waiting for a free place to run.`;
  const place = selectOrdinal(position, { one: "#st", two: "#nd", few: "#rd", other: "#th" });
  return t`Waiting for a free place to run: ${place} in the queue.`;
}

/** What happened, in one sentence. */
export function sentenceOf(run: Run): string {
  if (run.message) return run.message;
  if (run.status === "queued") return queued(run.queuePosition);
  if (run.takesInput) return t`It can be typed to.`;
  if (!run.verdict) return t`Running…`;
  return lookOf(run.verdict).sentence;
}
