import { afterEach, describe, expect, test, vi } from "vitest";

import { Refusal } from "@/lib/api/client";

import { untouched } from "@/lib/testing/samples";

import type { ChatMessage, Draft } from "./api";
import { Outbox } from "./outbox";

const message = (seq: number, text: string): ChatMessage => ({
  id: `m${seq}`,
  seq,
  personId: "me",
  name: "Me",
  text,
  createdAt: "2026-11-23T10:00:00Z",
  ...untouched,
});
/** As the chat shows what was sent. */
const shown = ({ id, text }: Draft, seq = 1): ChatMessage => ({ ...message(seq, text), id });
const away = new Refusal("unreachable", "The server cannot be reached.", 0);
const busy = new Refusal("unavailable", "Not now.", 503);
const settled = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 5));

function outboxWith(post: (text: string) => Promise<ChatMessage>) {
  const stored: ChatMessage[] = [];
  const posted: string[] = [];
  const ids: string[] = [];
  const port = {
    post: ({ id, text }: Draft) => {
      posted.push(text);
      ids.push(id);
      return post(text);
    },
    onStored: (one: ChatMessage) => stored.push(one),
  };
  return { outbox: new Outbox("key", port), again: () => new Outbox("key", port), stored, posted, ids };
}
afterEach(() => vi.useRealTimers());

const states = (outbox: Outbox): string[] => outbox.pending.map(({ text, state }) => `${text}:${state}`);

describe("sending", () => {
  test("a message is pending until the server has it", async () => {
    const { outbox, stored } = outboxWith(() => Promise.resolve(message(8, "hi")));
    const watcher = vi.fn();
    outbox.watch(watcher);
    outbox.send("hi");
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
    for (const text of ["1", "2", "3"]) outbox.send(text);
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
    outbox.send("1");
    outbox.send("2");
    expect(new Set(outbox.pending.map(({ id }) => id)).size).toBe(2);
    await settled();
    expect(posted).toEqual(["1", "2"]);
  });
});

describe("what fails", () => {
  test("for want of a connection waits, and goes out when the room is back", async () => {
    let up = false;
    const { outbox, posted, ids } = outboxWith((text) => (up ? Promise.resolve(message(1, text)) : Promise.reject(away)));
    outbox.send("hi");
    await settled();
    expect(states(outbox)).toEqual(["hi:waiting"]);
    up = true;
    outbox.resume();
    await settled();
    expect(outbox.pending).toEqual([]);
    expect(posted).toEqual(["hi", "hi"]);
    expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(ids[1]).toBe(ids[0]); // the server has it once, whichever of the two arrived
  });

  test("by a server that is up is tried again by itself, less and less often, in the order it was sent", async () => {
    vi.useFakeTimers();
    let up = false;
    const { outbox, posted } = outboxWith((text) => (up ? Promise.resolve(message(1, text)) : Promise.reject(busy)));
    outbox.resume();
    outbox.send("1");
    outbox.send("2");
    await vi.advanceTimersByTimeAsync(0);
    outbox.send("3");
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

  test("is left alone while the room is away", async () => {
    vi.useFakeTimers();
    const { outbox, posted } = outboxWith(() => Promise.reject(busy));
    outbox.resume();
    outbox.send("hi");
    await vi.advanceTimersByTimeAsync(0);
    outbox.pause();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(posted).toEqual(["hi"]);
    outbox.settle(outbox.pending.map((one) => shown(one)));
    outbox.resume();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(posted).toEqual(["hi"]);
  });

  test("by refusal is kept with what the server said, until the person acts", async () => {
    const { outbox, posted } = outboxWith(() => Promise.reject(new Refusal("too_fast", "You write too fast.", 429)));
    outbox.send("hi");
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
    outbox.send("bad");
    outbox.send("good");
    await settled();
    expect(states(outbox)).toEqual(["bad:refused"]);
  });
});

describe("a reload", () => {
  test("loses nothing, and does not repeat what arrived", async () => {
    const { outbox, again, posted } = outboxWith(() => new Promise(() => undefined));
    outbox.send("arrived");
    outbox.send("lost");
    await settled();
    const after = again();
    expect(states(after)).toEqual(["arrived:waiting", "lost:waiting"]);
    after.settle([shown(after.pending[0]!, 4), message(5, "lost")]);
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

test("one's own message is recognised by its id, not by what it says", () => {
  const { outbox } = outboxWith(() => new Promise(() => undefined));
  outbox.send("ok");
  outbox.send("ok");
  outbox.settle([message(1, "ok")]); // from another tab
  expect(outbox.pending).toHaveLength(2);
  const second = outbox.pending[1]!;
  outbox.settle([{ ...shown(second), text: "edited meanwhile" }]);
  expect(outbox.pending.map(({ id }) => id)).not.toContain(second.id);
  expect(outbox.pending).toHaveLength(1);
});

test("files go with their message, also after a reload", async () => {
  const file = { id: "f1", name: "a.txt", mediaType: "application/octet-stream", size: 1, width: null, height: null };
  const { outbox, again } = outboxWith(() => Promise.reject(away));
  outbox.send("", [file]);
  await settled();
  expect(again().pending[0]).toMatchObject({ text: "", attachments: [file], state: "waiting" });
});
