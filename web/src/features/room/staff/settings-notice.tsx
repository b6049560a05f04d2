import { Trans, useLingui } from "@lingui/react/macro";
import { EyeOff, Lock, type LucideIcon, Moon } from "lucide-react";
import type { ReactNode } from "react";

import { Icon } from "@/ui/icon";

import { useRoom } from "../events/room-context";
import { isStaff } from "../rights";
import { clockText } from "./clock-text";
import { useQuietLeft, useTimeLeft } from "./use-clock";

/** What those who interview have set, said to everybody: locked, quiet; to them, that it is not started. And, once each, what the timer says. */
export function SettingsNotice() {
  const { t } = useLingui();
  const { me, session, status } = useRoom();
  const quiet = useQuietLeft();
  if (status === "ended" || status === "refused") return null;
  const staff = isStaff(me);
  const { locked } = session;
  const preparing = session.startedAt === null;
  return (
    <>
      {(preparing || locked || quiet > 0) && (
        <section
          aria-label={t`Set for this session`}
          className="flex flex-wrap items-center gap-x-5 gap-y-1 border-b border-base-300 bg-base-100 px-4 py-1.5 text-sm text-pretty"
        >
          {preparing && (
            <Said icon={EyeOff}>
              <Trans>Only interviewers see this room until one of them presses Start.</Trans>
            </Said>
          )}
          {locked && (
            <Said icon={Lock}>
              {me.role === "candidate" ? (
                <Trans>The code is locked: you can read and run it, only the interviewers change it.</Trans>
              ) : (
                <Trans>The code is locked for candidates.</Trans>
              )}
            </Said>
          )}
          {quiet > 0 && (
            <Said icon={Moon} left={quiet}>
              {staff ? <Trans>Quiet time: let them think.</Trans> : <Trans>Quiet time: think in peace, nobody expects an answer.</Trans>}
            </Said>
          )}
        </section>
      )}
      <TimerWords />
    </>
  );
}

/** Read out when it appears; the seconds are not. */
function Said({ icon, left, children }: { icon: LucideIcon; left?: number; children: ReactNode }) {
  return (
    <p className="flex items-center gap-2">
      <Icon of={icon} className="text-warning" />
      <span role="status">{children}</span>
      {left !== undefined && (
        <span role="timer" className="quiet tabular-nums">
          {clockText(left)}
        </span>
      )}
    </p>
  );
}

const SOON = [5, 1]; // minutes before the end: to come to it, to finish the line
const MINUTE = 60_000;

/** For who does not see the clock: a word when little is left. */
function TimerWords() {
  const { t } = useLingui();
  const left = useTimeLeft();
  const minutes = left?.running ? SOON.findLast((each) => left.ms <= each * MINUTE) : undefined;
  let words = "";
  if (left?.ms === 0) words = t`The time is up.`;
  else if (minutes !== undefined) words = minutes === 1 ? t`Less than a minute left.` : t`Less than ${minutes} minutes left.`;
  return (
    <p role="status" className="sr-only">
      {words}
    </p>
  );
}
