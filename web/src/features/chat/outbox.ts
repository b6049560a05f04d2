/**
 * What was sent and is not in the chat yet. Kept in the tab's storage: an error, a reload or a server that is away loses
 * nothing that was typed.
 *
 * The server knows no repetition of a message, so a message whose answer got lost must not be sent blindly again: it
 * counts as arrived when the chat shows the same text, by the same person, after the moment of sending.
 */

import { messageOf, Refusal } from "@/lib/api/client";

import type { ChatMessage } from "./api";

export interface Pending {
  id: string;
  text: string;
  /** Number of the newest message when it was sent. */
  after: number;
  /** `waiting`: for the connection; `refused`: the person has to do something. */
  state: "sending" | "waiting" | "refused";
  /** What the server said. */
  error?: string;
  at: string;
}

export interface OutboxPort {
  post: (text: string) => Promise<ChatMessage>;
  /** A message the server has stored, perhaps before the room hears of it. */
  onStored: (message: ChatMessage) => void;
}

export class Outbox {
  pending: readonly Pending[];
  private readonly watchers = new Set<() => void>();
  private sending = false;

  constructor(
    private readonly key: string,
    private readonly port: OutboxPort,
  ) {
    // Whether what was on its way during a reload arrived, the chat will tell; until then it waits.
    this.pending = read(key).map((one) => (one.state === "sending" ? { ...one, state: "waiting" } : one));
  }

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  send(text: string, after: number): void {
    const one: Pending = { id: crypto.randomUUID(), text: cleaned(text), after, state: "sending", at: new Date().toISOString() };
    this.set([...this.pending, one]);
    void this.work();
  }

  /** Once more: one of them, or all that only wait for the connection. */
  retry(id?: string): void {
    const again = (one: Pending): boolean => (id === undefined ? one.state === "waiting" : one.id === id && one.state !== "sending");
    this.set(this.pending.map((one) => (again(one) ? without(one) : one)));
    void this.work();
  }

  discard(id: string): void {
    this.set(this.pending.filter((one) => one.id !== id));
  }

  /** Forget what the chat shows by now. `mine`: my messages, oldest first. */
  settle(mine: readonly ChatMessage[]): void {
    // Of the same text sent twice each is recognised by a message of its own.
    const taken = new Map<string, number>();
    const left: Pending[] = [];
    for (const one of this.pending) {
      const after = Math.max(one.after, taken.get(one.text) ?? 0);
      const found = mine.find(({ seq, text }) => seq > after && text === one.text);
      if (found) taken.set(one.text, found.seq);
      else left.push({ ...one, after });
    }
    if (left.length < this.pending.length) this.set(left);
  }

  /** One after the other: messages arrive in the order they were sent. */
  private async work(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    try {
      for (let one = this.next(); one; one = this.next()) await this.deliver(one);
    } finally {
      this.sending = false;
    }
  }

  private next(): Pending | undefined {
    return this.pending.find(({ state }) => state === "sending");
  }

  private async deliver(one: Pending): Promise<void> {
    try {
      const message = await this.port.post(one.text);
      this.port.onStored(message);
      this.discard(one.id);
    } catch (error) {
      const away = error instanceof Refusal && (error.status === 0 || error.status >= 500);
      const state = away ? "waiting" : "refused";
      this.set(this.pending.map((other) => (other.id === one.id ? { ...other, state, error: messageOf(error) } : other)));
    }
  }

  private set(pending: readonly Pending[]): void {
    this.pending = pending;
    try {
      if (pending.length > 0) sessionStorage.setItem(this.key, JSON.stringify(pending));
      else sessionStorage.removeItem(this.key);
    } catch {
      // Without storage it is kept as long as the page is open.
    }
    for (const watcher of this.watchers) watcher();
  }
}

function without({ id, text, after, at }: Pending): Pending {
  return { id, text, after, at, state: "sending" };
}

/** As the server stores it, so that it is recognised when it comes back. */
function cleaned(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are what is taken out
  return text.replace(/\r\n?/gu, "\n").replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/gu, "").trimEnd();
}

function read(key: string): Pending[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isPending) : [];
  } catch {
    return [];
  }
}

function isPending(value: unknown): value is Pending {
  const { id, text, after, state, at } = (value ?? {}) as Partial<Record<keyof Pending, unknown>>;
  const strings = [id, text, at].every((one) => typeof one === "string");
  return strings && typeof after === "number" && ["sending", "waiting", "refused"].includes(String(state));
}
