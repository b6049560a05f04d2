/**
 * What was sent and is not in the chat yet. Kept in the tab's storage: an error, a reload or a server that is away loses
 * nothing that was typed. A message has its id from here on, so that sending it again does no harm: the server has it once.
 */

import { uuidv4 } from "lib0/random";

import { messageOf, Refusal } from "@/lib/api/client";

import type { Attachment, ChatMessage, Draft } from "./api";

export interface Pending extends Draft {
  /** `waiting`: for a server that takes it; `refused`: the person has to do something. */
  state: "sending" | "waiting" | "refused";
  /** What the server said. */
  error?: string;
  at: string;
}

export interface OutboxPort {
  post: (draft: Draft) => Promise<ChatMessage>;
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

  send(text: string, attachments: readonly Attachment[] = []): void {
    const behind = this.pending.some(({ state }) => state === "waiting");
    const one = { id: newId(), text, attachments, at: new Date().toISOString() };
    this.set([...this.pending, { ...one, state: behind ? "waiting" : "sending" }]);
    if (!behind) void this.work();
  }

  /** The room has said hello, which shows what had arrived after all: the rest goes out now, or is tried again later. */
  resume(): void {
    this.live = true;
    this.failures = 0;
    void this.work();
  }

  /** Nothing is tried again by itself until `resume`: the room is away. */
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

  /** Forget what the chat shows by now. */
  settle(messages: readonly ChatMessage[]): void {
    const shown = new Set(messages.map(({ id }) => id));
    const left = this.pending.filter(({ id }) => !shown.has(id));
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
      const { id, text, attachments } = one;
      const message = await this.port.post({ id, text, attachments });
      this.failures = 0;
      this.port.onStored(message);
      this.discard(id);
    } catch (error) {
      if (error instanceof Refusal && (error.status === 0 || error.status >= 500)) return false;
      const refused = { state: "refused" as const, error: messageOf(error) };
      this.set(this.pending.map((other) => (other.id === one.id ? { ...other, ...refused } : other)));
    }
    return true;
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

/** Letters and digits, as the server wants it. Not crypto.randomUUID: browsers offer it to secure addresses only. */
const newId = (): string => uuidv4().replaceAll("-", "");

function without({ id, text, attachments, at }: Pending): Pending {
  return { id, text, attachments, at, state: "sending" };
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
  const { id, text, attachments, state, at } = (value ?? {}) as Partial<Record<keyof Pending, unknown>>;
  const strings = [id, text, at].every((one) => typeof one === "string");
  return strings && Array.isArray(attachments) && ["sending", "waiting", "refused"].includes(String(state));
}
