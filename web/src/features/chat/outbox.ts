/**
 * What was sent and is not in the chat yet. Kept in the tab's storage: an error, a reload or a server that is away loses
 * nothing that was typed.
 *
 * The server knows no repetition of a message, so a message whose answer got lost must not be sent blindly again: it
 * counts as arrived when the chat shows the same text, by the same person, after the moment of sending.
 */

import { uuidv4 } from "lib0/random";

import { messageOf, Refusal } from "@/lib/api/client";

import type { ChatMessage } from "./api";

export interface Pending {
  id: string;
  text: string;
  /** Number of the newest message when it was sent. */
  after: number;
  /** `waiting`: for a server that takes it; `refused`: the person has to do something. */
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

/** A server that is up and does not take a message is asked again after this long, then after twice as long, … */
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 30_000;

export class Outbox {
  pending: readonly Pending[];
  private readonly watchers = new Set<() => void>();
  private working = false;
  private live = false;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

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
    const behind = this.pending.some(({ state }) => state === "waiting");
    // Not crypto.randomUUID: browsers offer it to secure addresses only.
    const one = { id: uuidv4(), text: cleaned(text), after, at: new Date().toISOString() };
    this.set([...this.pending, { ...one, state: behind ? "waiting" : "sending" }]);
    if (!behind) void this.work();
  }

  /** The room has said hello, which shows what had arrived after all: the rest goes out now, or is tried again later. */
  resume(): void {
    this.live = true;
    this.failures = 0;
    void this.work();
  }

  /** Nothing is tried again by itself until `resume`: without the room nobody tells whether it had arrived. */
  pause(): void {
    this.live = false;
    clearTimeout(this.timer);
  }

  /** The person wants this one sent now. */
  retry(id: string): void {
    this.set(this.pending.map((one) => (one.id === id ? without(one) : one)));
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

  /** One after the other, until one does not get through: messages arrive in the order they were sent. */
  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    clearTimeout(this.timer);
    let through = true;
    try {
      for (let one = this.next(); one && through; one = this.next()) through = await this.deliver(one);
    } finally {
      this.working = false;
    }
    if (!through) this.tryLater();
  }

  private next(): Pending | undefined {
    return this.pending.find(({ state }) => state !== "refused");
  }

  /** False: the server is away, or not in order. */
  private async deliver(one: Pending): Promise<boolean> {
    try {
      const message = await this.port.post(one.text);
      this.failures = 0;
      this.arrived(one, message);
    } catch (error) {
      if (error instanceof Refusal && (error.status === 0 || error.status >= 500)) return false;
      const refused = { state: "refused" as const, error: messageOf(error) };
      this.set(this.pending.map((other) => (other.id === one.id ? { ...other, ...refused } : other)));
    }
    return true;
  }

  private arrived(one: Pending, message: ChatMessage): void {
    this.port.onStored(message);
    const left = this.pending.filter(({ id }) => id !== one.id);
    // The same text sent once more is not recognised by this message.
    this.set(left.map((other) => (other.text === one.text ? { ...other, after: Math.max(other.after, message.seq) } : other)));
  }

  private tryLater(): void {
    this.set(this.pending.map((one) => (one.state === "sending" ? { ...one, state: "waiting" } : one)));
    if (!this.live) return;
    const delay = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.failures++);
    this.timer = setTimeout(() => void this.work(), delay);
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
