import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";

import * as keptRooms from "@/lib/kept-rooms";
import { session } from "@/lib/testing/samples";

import { EMPTY_ROOM, type RoomSnapshot } from "../events/reducer";
import type { DocProvider, DocStatus } from "./doc-provider";
import { LocalCopy } from "./local-copy";

const me = { id: "u-ada", name: "Ada", role: "candidate", color: 0, connectionId: "c", profileImage: null } as unknown as RoomSnapshot["me"];
const room: RoomSnapshot = { ...EMPTY_ROOM, status: "live", me, session: session() };

let doc: Y.Doc;
let copy: LocalCopy;
let status: DocStatus;
let kept: keptRooms.KeptRoom[];
let forgotten: string[];
let watchers: (() => void)[];

function say(state: DocStatus["state"], refusal: DocStatus["refusal"] = null): void {
  status = { ...status, state, refusal };
  for (const watcher of watchers) watcher();
}

const type = (text: string) => {
  say("saving");
  doc.getText("code").insert(0, text);
};
const textOf = ({ state }: keptRooms.KeptRoom) => {
  const read = new Y.Doc();
  Y.applyUpdate(read, state);
  return read.getText("code").toJSON();
};
const later = () => vi.advanceTimersByTimeAsync(5_000);

beforeEach(() => {
  vi.useFakeTimers();
  kept = [];
  forgotten = [];
  watchers = [];
  status = { state: "connecting", refusal: null, unsaved: false, keptHere: true, ready: false };
  vi.spyOn(keptRooms, "keepRoom").mockImplementation((one) => Promise.resolve(kept.push(one) > 0));
  vi.spyOn(keptRooms, "forgetRoom").mockImplementation((id) => Promise.resolve(void forgotten.push(id)));
  const provider = {
    get status() {
      return status;
    },
    watch: (watcher: () => void) => {
      watchers.push(watcher);
      return () => (watchers = watchers.filter((one) => one !== watcher));
    },
  } as unknown as DocProvider;
  doc = new Y.Doc();
  copy = new LocalCopy("s-1", "u-ada", doc, provider);
  copy.see(room);
  copy.start();
});
afterEach(() => {
  copy.stop();
  vi.useRealTimers();
});

test("only what the server has is in the copy", async () => {
  type("not stored yet ");
  await later();
  expect(kept).toEqual([]);
  say("saved");
  await later();
  expect(kept.map(textOf)).toEqual(["not stored yet "]);
  expect(kept[0]).toMatchObject({ session: "s-1", person: "u-ada", room: { me: { name: "Ada" }, status: "connecting" } });
  type("refused ");
  say("refused", { code: "read_only" });
  await later();
  expect(kept).toHaveLength(1);
});

test("what the others write is kept as well, at most once a second", async () => {
  say("saved");
  for (const letter of "abc") doc.getText("code").insert(0, letter);
  await later();
  expect(kept.map(textOf)).toEqual(["cba"]);
  await later();
  expect(kept).toHaveLength(1);
  doc.getText("code").insert(0, "d");
  copy.flush(); // the page goes away
  await later();
  expect(kept.map(textOf)).toEqual(["cba", "dcba"]);
});

test.each(["ended", "removed", "forbidden"] as const)("when one is out (%s) it goes, and does not come back", async (code) => {
  say("saved");
  await later();
  say("refused", { code });
  doc.getText("code").insert(0, "x");
  say("saved");
  await later();
  expect([kept.length, forgotten]).toEqual([1, ["s-1"]]);
});

test("the end of the session is enough", async () => {
  say("saved");
  copy.see({ ...room, status: "ended" });
  await later();
  expect([kept.length, forgotten]).toEqual([0, ["s-1"]]);
});

test("nothing on a computer that is not to keep anything, until that is switched on", async () => {
  keptRooms.setKeepsRooms(false);
  say("saved");
  await later();
  expect(kept).toEqual([]);
  keptRooms.setKeepsRooms(true);
  await later();
  expect(kept).toHaveLength(1);
});
