import { useLingui } from "@lingui/react/macro";
import { Lock, LockOpen, Moon, Pause, Play, Plus, Timer as TimerIcon, TimerOff } from "lucide-react";

import { messageOf } from "@/lib/api/client";
import { classes } from "@/lib/classes";
import { Icon } from "@/ui/icon";
import { Menu, type MenuEntry } from "@/ui/menu";
import { toast } from "@/ui/toast";

import { useRoom } from "../events/room-context";
import { isStaff } from "../rights";
import { type Directions, useDirect } from "../staffing";
import { clockText } from "./clock-text";
import { type TimeLeft, useQuietLeft, useTimeLeft } from "./use-clock";

const MINUTE = 60_000;
const TIMES = [15, 30, 45, 60, 90]; // minutes, as interviews are planned
const MORE = 5; // minutes
const QUIET = [3, 5, 10]; // minutes: to read the problem, to think, to write a first draft

/** What is left of the interview, for everybody; those who interview set it there. */
export function Timer() {
  const { me } = useRoom();
  const left = useTimeLeft();
  if (isStaff(me)) return <TimeMenu left={left} />;
  if (!left) return null;
  return (
    <p className="flex items-center px-1 text-sm">
      <Clock left={left} />
    </p>
  );
}

function Clock({ left: { ms, running } }: { left: TimeLeft }) {
  const { t } = useLingui();
  return (
    <span role="timer" aria-label={running ? t`Time left` : t`Time left, paused`} className={classes("flex items-center gap-1.5 tabular-nums", ms === 0 ? "text-error" : !running && "quiet")}>
      <Icon of={running ? TimerIcon : Pause} />
      {clockText(ms)}
    </span>
  );
}

function TimeMenu({ left }: { left: TimeLeft | null }) {
  const { t } = useLingui();
  const { session, status } = useRoom();
  const quiet = useQuietLeft() > 0;
  const direct = useDirect(session.id);
  const set = (wish: Directions) => direct.mutate(wish, { onError: (error) => toast.error(messageOf(error)) });
  const start = (minutes: number) => set({ timer: { running: true, remainingMs: minutes * MINUTE } });

  const running: MenuEntry[] = left
    ? [
        left.running
          ? { label: t`Pause`, icon: Pause, onSelect: () => set({ timer: { running: false } }) }
          : { label: t`Go on`, icon: Play, disabled: left.ms === 0, onSelect: () => set({ timer: { running: true } }) },
        { label: t`${MORE} minutes more`, icon: Plus, onSelect: () => set({ timer: { running: left.running, remainingMs: left.ms + MORE * MINUTE } }) },
        { label: t`Take the timer away`, icon: TimerOff, onSelect: () => set({ timer: null }) },
      ]
    : TIMES.map((minutes) => ({ label: t`Timer: ${minutes} minutes`, icon: TimerIcon, onSelect: () => start(minutes) }));
  const quietly: MenuEntry[] = quiet
    ? [{ label: t`End the quiet time`, icon: Moon, onSelect: () => set({ quietMinutes: null }) }]
    : QUIET.map((minutes) => ({ label: t`Quiet time: ${minutes} minutes`, icon: Moon, onSelect: () => set({ quietMinutes: minutes }) }));
  const lock: MenuEntry = session.locked
    ? { label: t`Let candidates write again`, icon: LockOpen, onSelect: () => set({ locked: false }) }
    : { label: t`Lock the document`, icon: Lock, onSelect: () => set({ locked: true }) };
  return (
    <Menu label={t`Time and lock`} entries={[...running, { kind: "line" }, ...quietly, { kind: "line" }, lock]}>
      {(button) => (
        <button {...button} disabled={status === "ended"} aria-label={left ? t`Time and lock: ${clockText(left.ms)} left` : t`Time and lock`} className="btn border-base-300 bg-base-100 px-2 font-medium btn-sm hover:bg-base-200">
          {left ? <Clock left={left} /> : <Icon of={TimerIcon} />}
        </button>
      )}
    </Menu>
  );
}
