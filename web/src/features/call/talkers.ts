/** Who is talking right now: looked at five times a second, told only when it changes. */

import { TALKING } from "./level";

const EVERY_MS = 200;
/** A ring that goes out between two words flickers. */
const HELD_MS = 700;

export interface Talker {
  key: string;
  loudness: () => number;
}

export class Talkers {
  current: ReadonlySet<string> = new Set();
  private readonly heardAt = new Map<string, number>();
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly who: () => readonly Talker[],
    private readonly onChange: () => void,
  ) {}

  start(): void {
    this.timer ??= setInterval(() => this.look(), EVERY_MS);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.heardAt.clear();
    this.become([]);
  }

  private look(): void {
    const now = performance.now();
    const talking = this.who().filter(({ key, loudness }) => {
      if (loudness() >= TALKING) this.heardAt.set(key, now);
      const heardAt = this.heardAt.get(key);
      return heardAt !== undefined && now - heardAt < HELD_MS;
    });
    this.become(talking.map(({ key }) => key));
  }

  private become(keys: string[]): void {
    if (keys.length === this.current.size && keys.every((key) => this.current.has(key))) return;
    this.current = new Set(keys);
    this.onChange();
  }
}
