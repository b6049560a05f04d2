/** Tells the others that somebody types: when it begins, again before they would forget it, and when it ends. */

/** The others forget it after 6 s (chat/views.py). */
export const AGAIN_MS = 3_000;
/** Fingers off the keys for so long: not typing any more. */
export const IDLE_MS = 4_000;

export class Typing {
  private toldAt = 0;
  private idle: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly tell: (typing: boolean) => void) {}

  /** After every key: what stands in the field now. */
  changed(text: string): void {
    if (!text.trim()) {
      this.stop();
      return;
    }
    const now = Date.now();
    if (this.toldAt === 0 || now - this.toldAt >= AGAIN_MS) {
      this.toldAt = now;
      this.tell(true);
    }
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.stop(), IDLE_MS);
  }

  stop(): void {
    clearTimeout(this.idle);
    if (this.toldAt === 0) return;
    this.toldAt = 0;
    this.tell(false);
  }
}
