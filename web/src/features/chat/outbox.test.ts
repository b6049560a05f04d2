import { afterEach, describe, expect, test, vi } from "vitest";

import { Refusal } from "@/lib/api/client";

import type { ChatMessage } from "./api";
import { Outbox } from "./outbox";

const message = (seq: number, text: string): ChatMessage => ({
  id: `m${seq}`,
  seq,
  personId: "me",
  name: "Me",
  text,
  createdAt: "2026-11-23T10:00:00Z",
});
const away = new Refusal("unreachable", "The server cannot be reached.", 0);
const busy = new Refusal("unavailable", "Not now.", 503);
const settled = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 5));

function outboxWith(post: (text: string) => Promise<ChatMessage>) {
  const stored: ChatMessage[] = [];
  const posted: string[] = [];
  const port = {
    post: (text: string) => {
      posted.push(text);
      return post(text);
    },
    onStored: (one: ChatMessage) => stored.push(one),
  };
  return { outbox: new Outbox("key", port), again: () => new Outbox("key", port), stored, posted };
}
afterEach(() => vi.useRealTimers());

const states = (outbox: Outbox): string[] => outbox.pending.map(({ text, state }) => `${text}:${state}`);

describe("sending", () => {
  test("a message is pending until the server has it", async () => {
    const { outbox, stored } = outboxWith(() => Promise.resolve(message(8, "hi")));
    const watcher = vi.fn();
    outbox.watch(watcher);
    outbox.send("hi", 7);
    expect(states(outbox)).toEqual(["hi:sending"]);
    await settled();
    expect(outbox.pending).toEqual([]);
    expect(stored).toEqual([message(8, "hi")]);
    expect(watcher).toHaveBeenCalled();
  });

  test("messages arrive in the order they were sent, one after the other", async () => {
    let release = (): void => undefined;
    const first = new Promise<void>((resolve) => (release = resolve));
    const { outbox, posted } = outboxWith(async (text) => {
      if (text === "1") await first;
      return message(1, text);
    });
    for (const text of ["1", "2", "3"]) outbox.send(text, 0);
    await settled();
    expect(posted).toEqual(["1"]);
    release();
    await settled();
    expect(posted).toEqual(["1", "2", "3"]);
  });

  test("needs nothing that browsers keep for secure addresses", async () => {
    vi.spyOn(crypto, "randomUUID").mockImplementation(() => {
      throw new TypeError("crypto.randomUUID is not a function");
    });
    const { outbox, posted } = outboxWith((text) => Promise.resolve(message(1, text)));
    outbox.send("1", 0);
    outbox.send("2", 0);
    expect(new Set(outbox.pending.map(({ id }) => id)).size).toBe(2);
    await settled();
    expect(posted).toEqual(["1", "2"]);
  });
});

describe("what fails", () => {
  test("for want of a connection waits, and goes out when the room is back", async () => {
    let up = false;
    const { outbox, posted } = outboxWith((text) => (up ? Promise.resolve(message(1, text)) : Promise.reject(away)));
    outbox.send("hi", 0);
    await settled();
    expect(states(outbox)).toEqual(["hi:waiting"]);
    up = true;
    outbox.resume();
    await settled();
    expect(outbox.pending).toEqual([]);
    expect(posted).toEqual(["hi", "hi"]);
  });

  test("by a server that is up is tried again by itself, less and less often, in the order it was sent", async () => {
    vi.useFakeTimers();
    let up = false;
    const { outbox, posted } = outboxWith((text) => (up ? Promise.resolve(message(1, text)) : Promise.reject(busy)));
    outbox.resume();
    outbox.send("1", 0);
    outbox.send("2", 0);
    await vi.advanceTimersByTimeAsync(0);
    outbox.send("3", 0);
    expect(states(outbox)).toEqual(["1:waiting", "2:waiting", "3:waiting"]);
    await vi.advanceTimersByTimeAsync(60_000);
    const tries = posted.length;
    expect(new Set(posted)).toEqual(new Set(["1"])); // nothing overtakes it
    await vi.advanceTimersByTimeAsync(60_000);
    expect(posted.length - tries).toBeLessThan(tries);
    up = true;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(posted.slice(-3)).toEqual(["1", "2", "3"]);
    expect(outbox.pending).toEqual([]);
  });

  test("is left alone while the room is away: nobody could tell whether it had arrived", async () => {
    vi.useFakeTimers();
    const { outbox, posted } = outboxWith(() => Promise.reject(busy));
    outbox.resume();
    outbox.send("hi", 0);
    await vi.advanceTimersByTimeAsync(0);
    outbox.pause();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(posted).toEqual(["hi"]);
    outbox.settle([message(1, "hi")]);
    outbox.resume();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(posted).toEqual(["hi"]);
  });

  test("by refusal is kept with what the server said, until the person acts", async () => {
    const { outbox, posted } = outboxWith(() => Promise.reject(new Refusal("too_fast", "You write too fast.", 429)));
    outbox.send("hi", 0);
    await settled();
    expect(outbox.pending[0]).toMatchObject({ state: "refused", error: "You write too fast." });
    outbox.resume();
    await settled();
    expect(posted).toHaveLength(1);
    outbox.retry(outbox.pending[0]!.id);
    expect(outbox.pending[0]).not.toHaveProperty("error");
    await settled();
    expect(posted).toHaveLength(2);
    outbox.discard(outbox.pending[0]!.id);
    expect(outbox.pending).toEqual([]);
  });

  test("does not hold up the next one", async () => {
    const { outbox } = outboxWith((text) => (text === "bad" ? Promise.reject(new Refusal("invalid", "No.", 422)) : Promise.resolve(message(1, text))));
    outbox.send("bad", 0);
    outbox.send("good", 0);
    await settled();
    expect(states(outbox)).toEqual(["bad:refused"]);
  });
});

describe("a reload", () => {
  test("loses nothing, and does not repeat what arrived", async () => {
    const { outbox, again, posted } = outboxWith(() => new Promise(() => undefined));
    outbox.send("arrived", 3);
    outbox.send("lost", 3);
    await settled();
    const after = again();
    expect(states(after)).toEqual(["arrived:waiting", "lost:waiting"]);
    after.settle([message(2, "lost"), message(4, "arrived")]);
    expect(states(after)).toEqual(["lost:waiting"]);
    after.resume();
    expect(posted.filter((text) => text === "lost")).toHaveLength(1);
  });

  test("of a storage with something else in it begins empty", () => {
    sessionStorage.setItem("key", '[{"text": 1}, null, "x"]');
    expect(outboxWith(() => Promise.reject(away)).outbox.pending).toEqual([]);
    sessionStorage.setItem("key", "{");
    expect(outboxWith(() => Promise.reject(away)).outbox.pending).toEqual([]);
  });
});

describe("recognising one's own message in the chat", () => {
  test("the same text twice is two messages", () => {
    const { outbox } = outboxWith(() => new Promise(() => undefined));
    outbox.send("ok", 0);
    outbox.send("ok", 0);
    outbox.settle([message(1, "ok")]);
    outbox.settle([message(1, "ok")]);
    expect(outbox.pending).toHaveLength(1);
    outbox.settle([message(1, "ok"), message(2, "ok")]);
    expect(outbox.pending).toHaveLength(0);
  });

  test("the same text once more is not taken for the one that has just arrived", async () => {
    let answered = 0;
    const { outbox } = outboxWith(() => (answered++ === 0 ? Promise.resolve(message(1, "ok")) : Promise.reject(away)));
    outbox.send("ok", 0);
    outbox.send("ok", 0);
    await settled();
    outbox.settle([message(1, "ok")]);
    expect(states(outbox)).toEqual(["ok:waiting"]);
  });

  test("as the server cleans it", () => {
    const { outbox } = outboxWith(() => new Promise(() => undefined));
    outbox.send("a\r\nb\x07  \n", 0);
    outbox.settle([message(1, "a\nb")]);
    expect(outbox.pending).toEqual([]);
  });
});
