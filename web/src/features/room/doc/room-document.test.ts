import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";

import { FakeSocket } from "../testing/fake-socket";
import { forget } from "./outbox";
import { RoomDocument } from "./room-document";
import { FakeIndexedDb } from "./testing/fake-indexed-db";
import { STEP_1, STEP_2, sync } from "./wire";

let storage: FakeIndexedDb;
beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.install();
  storage = FakeIndexedDb.install();
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(50);

/** A document whose server has answered. */
async function opened(): Promise<RoomDocument> {
  const document = new RoomDocument("s-1", { id: "u-ada", name: "Ada", color: 0 }, true);
  document.start();
  await answer();
  return document;
}

async function answer(): Promise<void> {
  const server = new Y.Doc();
  FakeSocket.last.accept();
  FakeSocket.last.say(sync(STEP_2, Y.encodeStateAsUpdate(server)));
  FakeSocket.last.say(sync(STEP_1, Y.encodeStateVector(server)));
  await settle();
}

test("who leaves the room leaves nothing running and nothing open, and what was unsaved is written", async () => {
  const document = await opened();
  document.doc.getText("code").insert(0, "last words");
  document.stop();
  await settle();
  expect(document.doc.isDestroyed).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
  expect(storage.written).toHaveLength(1);
  expect([storage.opened, storage.closed]).toEqual([1, 1]);
});

test("taken down and put up again at once, as React does, it goes on", async () => {
  const document = await opened();
  document.stop();
  document.start();
  await settle();
  expect(document.doc.isDestroyed).toBe(false);
  expect(storage.closed).toBe(0);
  await answer();
  expect(document.provider.status.ready).toBe(true);
  document.doc.getText("code").insert(0, "more");
  await vi.advanceTimersByTimeAsync(1000);
  expect(storage.written).toHaveLength(1);
  document.stop();
  await settle();
  expect([vi.getTimerCount(), storage.opened, storage.closed]).toEqual([0, 1, 1]);
});

test("forgetting closes what it opened", async () => {
  const forgetting = forget("s-1 u-ada");
  await settle();
  await forgetting;
  expect([storage.opened, storage.closed]).toEqual([1, 1]);
});
