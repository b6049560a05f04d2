/** The room's clocks. All of them go by the server's, so that everybody sees the same second. */
import { useSyncExternalStore } from "react";

import { useRoom } from "../events/room-context";
import { isStaff } from "../rights";

const LOOK_MS = 250; // a second that is a quarter late is not seen; a tick of a whole one would now and then skip a number
const SECOND = 1000;

const often = (listener: () => void): (() => void) => {
  const timer = setInterval(listener, LOOK_MS);
  return () => clearInterval(timer);
};
const never = () => () => undefined;

/** The server's time to the second, in ms. It goes on only while it is `running`. */
export function useNow(running: boolean): number {
  const { now } = useRoom();
  return useSyncExternalStore(running ? often : never, () => Math.floor(now() / SECOND)) * SECOND;
}

export interface TimeLeft {
  /** Never below 0. */
  ms: number;
  running: boolean;
}

/** Of the session's timer; null when there is none. */
export function useTimeLeft(): TimeLeft | null {
  const { timer } = useRoom().session;
  const now = useNow(timer?.running ?? false);
  if (!timer) return null;
  const ms = timer.endsAt === null ? timer.remainingMs : Date.parse(timer.endsAt) - now;
  return { ms: Math.max(0, ms), running: timer.running };
}

/** How long the quiet time still lasts, in ms; 0 when there is none. */
export function useQuietLeft(): number {
  const { session } = useRoom();
  const until = session.quietUntil === null ? 0 : Date.parse(session.quietUntil);
  const now = useNow(until > 0);
  return Math.max(0, until - now);
}

/** The reader is to be left in peace: they think, and nothing that can wait is shown. */
export function useQuiet(): boolean {
  const { me } = useRoom();
  return useQuietLeft() > 0 && !isStaff(me);
}
