import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

import { classes } from "@/lib/classes";

import { Icon } from "./icon";

export type Tone = "neutral" | "success" | "warning" | "error" | "info" | "primary";

const TONES: Record<Tone, string> = {
  neutral: "bg-base-content/7 quiet",
  success: "bg-success/12 text-success",
  warning: "bg-warning/14 text-warning",
  error: "bg-error/12 text-error",
  info: "bg-info/12 text-info",
  primary: "bg-primary/12 text-primary",
};

interface Props {
  tone?: Tone;
  icon?: LucideIcon;
  children: ReactNode;
  className?: string;
}

/** A word about something's state. The word says it; the colour only helps. */
export function Badge({ tone = "neutral", icon, children, className }: Props) {
  return (
    <span className={classes("inline-flex items-center gap-1 rounded-selector px-2 py-0.5 text-xs font-medium whitespace-nowrap", TONES[tone], className)}>
      {icon && <Icon of={icon} size={12} />}
      {children}
    </span>
  );
}
