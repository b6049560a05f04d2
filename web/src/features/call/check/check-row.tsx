import { useLingui } from "@lingui/react";
import { CircleAlert, CircleCheck, CircleDashed, CircleMinus, CircleX, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

import { Icon } from "@/ui/icon";
import { Spinner } from "@/ui/spinner";

import { type CheckId, type CheckState, type Finding, NAMES, STATES } from "./model";

const LOOKS: Record<Exclude<CheckState, "running">, { icon: LucideIcon; colour: string }> = {
  waiting: { icon: CircleDashed, colour: "quiet" },
  ok: { icon: CircleCheck, colour: "text-success" },
  warning: { icon: CircleAlert, colour: "text-warning" },
  failed: { icon: CircleX, colour: "text-error" },
  skipped: { icon: CircleMinus, colour: "quiet" },
};

/** A sign for how something stands. The words beside it say it too. */
export function StateSign({ state, size = 18 }: { state: CheckState; size?: number }) {
  if (state === "running") return <Spinner size={size} className="quiet" />;
  const { icon, colour } = LOOKS[state];
  return <Icon of={icon} size={size} className={colour} />;
}

interface Props {
  id: CheckId;
  finding: Finding;
  /** Says aloud what it comes to: for what the person has just asked for. */
  live?: boolean;
  children?: ReactNode;
}

export function CheckRow({ id, finding, live = false, children }: Props) {
  const { _ } = useLingui();
  const { state, says, measured } = finding;
  return (
    <li data-check={id} data-state={state} className="flex gap-3 px-4 py-3 sm:px-5">
      <span className="flex h-6 items-center">
        <StateSign state={state} />
      </span>
      <div className="min-w-0 grow">
        <p className="flex items-baseline justify-between gap-3">
          <span className="font-medium">{_(NAMES[id])}</span>
          <span className="sr-only">{_(STATES[state])}</span>
          {measured && <span className="quiet text-sm whitespace-nowrap tabular-nums">{measured}</span>}
        </p>
        {/* Room for two lines: the list does not move while the results come in. */}
        <p role={live ? "status" : undefined} className="quiet min-h-10 text-sm text-pretty">
          {_(says)}
        </p>
        {children}
      </div>
    </li>
  );
}
