/** The time of a session and the time it takes to watch it: what nobody did anything in is passed over. */

/** From so many milliseconds without anything on, … */
export const IDLE_MS = 3000;
/** … it takes so many to watch. */
export const SHORT_MS = 1000;

export const SPEEDS = [1, 2, 4, 8, 16, 32] as const;

/** A stretch in which nothing happened. */
interface Gap {
  from: number;
  to: number;
  /** When it begins for who watches. */
  watched: number;
}

export class Clock {
  /** How long it takes to watch. */
  readonly length: number;
  readonly #gaps: readonly Gap[];

  /** `times`: when something happened, ascending, from 0 to the end. */
  constructor(times: readonly number[], skipIdle: boolean) {
    const gaps: Gap[] = [];
    let saved = 0;
    for (let index = 1; skipIdle && index < times.length; index++) {
      const [from, to] = [times[index - 1] ?? 0, times[index] ?? 0];
      if (to - from <= IDLE_MS) continue;
      gaps.push({ from, to, watched: from - saved });
      saved += to - from - SHORT_MS;
    }
    this.#gaps = gaps;
    this.length = (times.at(-1) ?? 0) - saved;
  }

  /** When somebody who watches from the beginning sees what happened at `at`. */
  watched(at: number): number {
    const gap = last(this.#gaps, (one) => one.from <= at);
    if (!gap) return at;
    if (at >= gap.to) return gap.watched + SHORT_MS + (at - gap.to);
    return gap.watched + (SHORT_MS * (at - gap.from)) / (gap.to - gap.from);
  }

  /** The other way round. */
  session(watched: number): number {
    const gap = last(this.#gaps, (one) => one.watched <= watched);
    if (!gap) return watched;
    const past = watched - gap.watched;
    if (past >= SHORT_MS) return gap.to + (past - SHORT_MS);
    return gap.from + (past / SHORT_MS) * (gap.to - gap.from);
  }
}

/** Index of the first for which `holds` is false; it holds for all before. */
export function partition<T>(all: readonly T[], holds: (one: T) => boolean): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(all[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}

const last = <T>(all: readonly T[], holds: (one: T) => boolean): T | undefined => all[partition(all, holds) - 1];

/** "4:05", "1:02:03". */
export function stamp(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (number: number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
