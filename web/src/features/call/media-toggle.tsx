import type { LucideIcon } from "lucide-react";

import { classes } from "@/lib/classes";
import { Icon } from "@/ui/icon";
import { Spinner } from "@/ui/spinner";
import { Tooltip } from "@/ui/tooltip";

import { ariaKey, type CallKey, keyName } from "./shortcuts";

interface ToggleProps {
  /** Stays the same; `aria-pressed` tells whether it is on. */
  name: string;
  /** What pressing does now. */
  hint: string;
  on: boolean;
  icons: [on: LucideIcon, off: LucideIcon];
  busy?: boolean;
  /** Being off deserves attention. */
  warns?: boolean;
  keys?: CallKey;
  onPress: () => void;
  testId: string;
}

/** A switch with a picture, e.g. of the microphone. */
export function MediaToggle({ name, hint, on, icons, busy = false, warns = false, keys, onPress, testId }: ToggleProps) {
  return (
    <Tooltip text={keys ? `${hint} (${keyName(keys)})` : hint}>
      <button
        type="button"
        data-testid={testId}
        aria-label={name}
        aria-pressed={on}
        aria-busy={busy || undefined}
        aria-keyshortcuts={keys && ariaKey(keys)}
        onClick={busy ? undefined : onPress}
        className={classes("btn btn-square btn-sm", look(on, warns))}
      >
        {busy ? <Spinner size={16} /> : <Icon of={icons[on ? 0 : 1]} size={17} />}
      </button>
    </Tooltip>
  );
}

function look(on: boolean, warns: boolean): string {
  if (warns) return on ? "border-base-300 bg-base-100 hover:bg-base-200" : "border-transparent bg-error/14 text-error hover:bg-error/22";
  return on ? "btn-primary" : "border-base-300 bg-base-100 hover:bg-base-200";
}
