/**
 * Stands in for the engine until we know which one it is and it is loaded. What happens meanwhile is not lost.
 *
 * Our server says which provider carries calls; a provider's client is a large chunk that nobody else should fetch. The
 * room does not wait for either.
 */

import type { CallEngine, CallState, Media, RoomOfCall, ServerEvent, Tracks } from "./engine";
import { OUT } from "./engine";
import { type Rung, rungFor } from "./ladder";

/** Loading takes seconds at most; a room in which more happens meanwhile is told anew by its next `hello`. */
const MISSED_MAX = 1000;

export class LateEngine implements CallEngine {
  private engine: CallEngine | null = null;
  private loading: Promise<void> | null = null;
  private waiting: CallState = OUT;
  private room: RoomOfCall | null = null;
  private missed: ServerEvent[] = [];
  private local: [Tracks, Media] | null = null;
  private wanted = false;
  private handingOver = false;
  private closed = false;

  constructor(
    private readonly make: () => Promise<CallEngine>,
    private readonly onChange: () => void,
  ) {}

  get state(): CallState {
    if (!this.engine) return this.waiting;
    // It is being told what it missed; that it is out is not news to anybody who has asked for the call.
    return this.handingOver ? { ...this.engine.state, phase: "joining" } : this.engine.state;
  }

  get rung(): Rung {
    return this.engine?.rung ?? rungFor(2);
  }

  begin(room: RoomOfCall): void {
    this.room = room;
    if (this.engine) this.engine.begin(room);
    else void this.load();
  }

  hear(event: ServerEvent): void {
    if (this.engine) this.engine.hear(event);
    else this.missed = [...this.missed, event].slice(-MISSED_MAX);
  }

  async join(): Promise<void> {
    this.wanted = true;
    if (!this.engine) {
      this.become("joining");
      await this.load();
    }
    if (!this.isWanted()) return;
    this.handingOver = false;
    if (this.engine) await this.engine.join();
    else this.become("stuck");
  }

  leave(): void {
    this.wanted = false;
    this.handingOver = false;
    if (this.engine) this.engine.leave();
    else this.become("out");
  }

  close(): void {
    this.leave();
    this.closed = true;
    this.engine?.close();
  }

  setLocal(tracks: Tracks, media: Media): void {
    this.local = [tracks, media];
    this.engine?.setLocal(tracks, media);
  }

  retry(key?: string): void {
    this.engine?.retry(key);
  }

  /** Asked after a wait: somebody may have hung up meanwhile. */
  private isWanted(): boolean {
    return this.wanted;
  }

  private load(): Promise<void> {
    this.loading ??= this.make()
      .then((engine) => this.become(engine))
      .catch(() => undefined) // `join` says so, and tries again
      .finally(() => (this.loading = null));
    return this.loading;
  }

  private become(what: CallEngine | CallState["phase"]): void {
    if (this.closed) return;
    if (typeof what === "string") {
      this.waiting = { ...this.waiting, phase: what };
      this.onChange();
      return;
    }
    this.engine = what;
    this.handingOver = this.wanted;
    if (this.room) what.begin(this.room);
    for (const event of this.missed) what.hear(event);
    this.missed = [];
    if (this.local) what.setLocal(...this.local);
    if (!this.wanted) this.onChange();
  }
}
