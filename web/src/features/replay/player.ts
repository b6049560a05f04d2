/** Plays a track: where it is, how fast, and what is to be seen there. */
import type { Code } from "./code-track";
import { Clock, partition } from "./clock";
import type { Moment, Track } from "./track";

export interface Played {
  /** The moment of the session, in milliseconds from its beginning. */
  at: number;
  playing: boolean;
  speed: number;
  skipIdle: boolean;
  clock: Clock;
  /** How many changes of the document there have been. */
  count: number;
  code: Code;
}

/** A tab in the background is not called for minutes: then it goes on where it was. */
const LONGEST_FRAME_MS = 250;

export class Player {
  #state: Played;
  readonly #watchers = new Set<() => void>();
  #frame: number | null = null;
  #before: number | null = null;

  constructor(readonly track: Track) {
    this.#state = {
      at: 0,
      playing: false,
      speed: 1,
      skipIdle: true,
      clock: new Clock(track.times, true),
      count: 0,
      code: track.code.at(0),
    };
    this.seek(0); // what happened in the first moment has happened
  }

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  readonly state = (): Played => this.#state;

  readonly seek = (at: number): void => {
    at = Math.min(Math.max(at, 0), this.track.end);
    const count = partition(this.track.changes, (one) => one <= at);
    this.#set({ at, count, code: count === this.#state.count ? this.#state.code : this.track.code.at(count) });
  };

  /** By so much of the time it takes to watch. */
  readonly skip = (ms: number): void => {
    const { clock, at } = this.#state;
    this.seek(clock.session(Math.min(Math.max(clock.watched(at) + ms, 0), clock.length)));
  };

  /** One change of the document forward or back. */
  readonly step = (by: 1 | -1): void => {
    this.pause();
    const { changes, end } = this.track;
    const count = this.#state.count;
    this.seek(by === 1 ? (changes[count] ?? end) : (changes[count - 2] ?? 0));
  };

  /** To the next of these, or the one before. True when there was one. */
  readonly jump = (moments: readonly Moment[], by: 1 | -1): Moment | undefined => {
    const { at } = this.#state;
    const to = by === 1 ? moments.find((one) => one.at > at) : moments.findLast((one) => one.at < at);
    if (to) this.seek(to.at);
    return to;
  };

  readonly setSpeed = (speed: number): void => this.#set({ speed });

  readonly setSkipIdle = (skipIdle: boolean): void =>
    this.#set({ skipIdle, clock: new Clock(this.track.times, skipIdle) });

  readonly toggle = (): void => (this.#state.playing ? this.pause() : this.play());

  readonly play = (): void => {
    if (this.#state.at >= this.track.end) this.seek(0);
    this.#set({ playing: true });
    this.#before = null;
    this.#frame ??= requestAnimationFrame(this.#tick);
  };

  readonly pause = (): void => {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
    if (this.#state.playing) this.#set({ playing: false });
  };

  readonly #tick = (now: number): void => {
    const { speed, at } = this.#state;
    const passed = Math.min(now - (this.#before ?? now), LONGEST_FRAME_MS);
    this.#before = now;
    this.#frame = requestAnimationFrame(this.#tick);
    this.skip(passed * speed);
    // Sums of fractions may stop a hair before the end.
    if (this.#state.at >= this.track.end || (passed > 0 && this.#state.at <= at)) this.pause();
  };

  #set(change: Partial<Played>): void {
    this.#state = { ...this.#state, ...change };
    for (const watcher of [...this.#watchers]) watcher();
  }
}
