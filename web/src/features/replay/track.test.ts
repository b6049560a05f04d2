import { fromBase64 } from "lib0/buffer";
import { expect, test } from "vitest";
import * as Y from "yjs";

import { partition } from "./clock";
import { CHECKPOINT_EVERY } from "./document-track";
import { shownAt } from "./messages";
import { Player } from "./player";
import { ada, BEGIN, grace, random, Scribe } from "./testing";
import type { Track } from "./track";

const FILE = { id: "f1", name: "a.txt", mediaType: "application/octet-stream", size: 3, width: null, height: null };

const textsOf = (doc: Y.Doc) => doc.getMap<Y.Text>("files").toJSON() as Record<string, string>;

/** What the track shows must be what a new document of the same first updates says. */
function expectExact(scribe: Scribe, track: Track, count: number): void {
  const fresh = new Y.Doc();
  const updates = scribe.events.filter(({ kind }) => kind === "document").slice(0, count);
  for (const { data } of updates) Y.applyUpdate(fresh, fromBase64(data as string));
  const all = textsOf(fresh);
  const { files: shown, pads } = track.code.at(count);
  expect(pads).toEqual([{ id: "", title: "", language: fresh.getMap("room").get("language") ?? null, file: fresh.getMap("room").get("activeFile") ?? null }]);
  for (const { path, text } of shown) expect([path, text]).toEqual([path, all[path]]);
  // What is not shown is as the room began, or there was nothing of it yet.
  const rest = Object.keys(all).filter((path) => !shown.some((one) => one.path === path));
  for (const path of rest) expect([path, all[path]]).toEqual(["Main.java", "class Main {}\n"]);
}

function scribble(scribe: Scribe, number: () => number): void {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(number() * all.length)]!;
  const path = pick(["solution.py", "Main.java", "notes/ä.txt", "</script>"]);
  scribe.at += Math.floor(number() * 5000);
  // Clocks are set back now and then.
  if (number() < 0.02) scribe.at = Math.max(0, scribe.at - 4000);
  scribe.by(pick([ada.id, grace.id]), () => {
    if (!scribe.files.has(path)) {
      scribe.files.set(path, new Y.Text("new "));
      return;
    }
    const text = scribe.text(path);
    const act = number();
    if (act < 0.05) scribe.room.set("activeFile", path);
    else if (act < 0.08 && path !== "solution.py") scribe.files.delete(path);
    else if (act < 0.3 && text.length) text.delete(Math.floor(number() * text.length), 1);
    else text.insert(Math.floor(number() * (text.length + 1)), pick(["a", "\n", "<b>", "longer text ", "é"]));
  });
}

test.each([1, 2, 3, 4, 5, 6])("what is shown at every entry of a random log is the document of its first updates (%i)", (seed) => {
  const number = random(seed);
  const scribe = new Scribe().seed();
  for (let count = 0; count < 150; count++) scribble(scribe, number);
  const track = scribe.track();
  const total = track.changes.length;
  expect(track.code.refused).toBe(0);
  for (let count = 0; count <= total; count++) expectExact(scribe, track, count);
  for (let jump = 0; jump < 60; jump++) expectExact(scribe, track, Math.floor(number() * (total + 1)));
  // And by the clock: every change has a moment at which it, and nothing after it, has happened.
  const player = new Player(track);
  for (let jump = 0; jump < 60; jump++) {
    const count = 1 + Math.floor(number() * total);
    player.seek(track.changes[count - 1]!);
    expect(player.state().count).toBe(count);
    expectExact(scribe, track, count);
  }
});

test("far back and forth over copies of the whole it is exact, too", () => {
  const scribe = new Scribe().seed();
  const length = CHECKPOINT_EVERY * 2 + 50;
  for (let count = 1; count < length; count++) {
    scribe.at += 10;
    scribe.by(grace.id, () => (count % 7 ? scribe.text().insert(count % 5, "x") : scribe.text().delete(0, 2)));
  }
  const track = scribe.track();
  expect(track.changes).toHaveLength(length);
  const every = CHECKPOINT_EVERY;
  for (const count of [length, 1, every, every + 1, every - 1, every * 2, 0, length, every * 2 + 1, 17]) {
    expectExact(scribe, track, count);
  }
});

test("where people are, and what they changed last", () => {
  const scribe = new Scribe().seed();
  scribe.by(grace.id, () => scribe.text().insert(2, "abc"));
  scribe.by(grace.id, () => scribe.room.set("activeFile", "Main.java"));
  scribe.by(ada.id, () => scribe.text("Main.java").delete(0, 5));
  scribe.by(ada.id, () => scribe.text().insert(0, "!"));
  const { code } = scribe.track();
  const seen = (count: number) => {
    const { focus, edit, files } = code.at(count);
    return { focus, edit, files: files.map(({ path }) => path) };
  };
  const [one, both] = [["solution.py"], ["solution.py", "Main.java"]];
  expect(seen(0)).toEqual({ focus: null, edit: null, files: [] });
  expect(seen(1)).toMatchObject({ focus: "solution.py", files: one });
  expect(seen(2)).toEqual({ focus: "solution.py", edit: { path: "solution.py", from: 2, to: 5 }, files: one });
  expect(seen(3).focus).toBe("Main.java");
  expect(seen(4)).toEqual({ focus: "Main.java", edit: { path: "Main.java", from: 0, to: 0 }, files: both });
  expect(seen(5).focus).toBe("solution.py");
  expect(seen(2).focus).toBe("solution.py");
});

test("pads come with their titles, language and only the files that somebody wrote in", () => {
  const scribe = new Scribe().seed();
  scribe.pad("p1", "Three Sum", { "a.py": "start", "A.java": "start" });
  scribe.by(grace.id, () => scribe.text("p1/A.java").insert(0, "x"));
  scribe.by(grace.id, () => scribe.files.set("p1/own.txt", new Y.Text("")));
  scribe.by(grace.id, () => scribe.files.set("p2/no pad.py", new Y.Text("x")));
  scribe.by(grace.id, () => scribe.files.delete("p1/own.txt"));
  const { code, changes, moments } = scribe.track();
  const [added] = moments;
  expect(added?.what).toBe("pad");
  expect(partition(changes, (one) => one <= added!.at)).toBe(2); // who jumps there sees it
  const filesAt = (count: number) => code.at(count).files.map(({ pad, name }) => `${pad}:${name}`);
  expect(code.at(1).pads.map(({ id }) => id)).toEqual([""]);
  const three = { id: "p1", title: "Three Sum", language: "python", file: "p1/a.py" };
  expect(code.at(2).pads).toEqual([{ id: "", title: "", language: "python", file: "solution.py" }, three]);
  expect(code.at(2).focus).toBe("solution.py"); // that a pad was added takes nobody there
  expect(filesAt(2)).toEqual([":solution.py", "p1:a.py"]);
  expect(filesAt(3)).toEqual([":solution.py", "p1:A.java", "p1:a.py"]);
  expect(code.at(3).focus).toBe("p1/A.java");
  expect(filesAt(5)).toEqual([":solution.py", "p1:A.java", "p1:own.txt", ":p2/no pad.py", "p1:a.py"]);
  expect(filesAt(6)).not.toContain("p1:own.txt");
  expect(code.at(6).focus).toBe("p2/no pad.py");
});

test("people are where the pad in front shows them something", () => {
  const scribe = new Scribe().seed().pad("p1", "One", { "a.py": "a", "b.py": "b" });
  const pad = scribe.doc.getMap("pads").get("p1") as Y.Map<unknown>;
  scribe.by(ada.id, () => scribe.room.set("activePad", "p1"));
  scribe.by(ada.id, () => pad.set("activeFile", "b.py")); // as a path within the pad it is understood, too
  scribe.by(ada.id, () => pad.set("language", "java"));
  scribe.by(ada.id, () => scribe.room.set("activePad", ""));
  scribe.by(ada.id, () => scribe.room.set("activePad", "no such pad"));
  const { code } = scribe.track();
  const seen = [1, 2, 3, 4, 5, 6, 7].map((count) => [code.at(count).shown, code.at(count).focus]);
  const first = ["", "solution.py"];
  expect(seen).toEqual([first, first, ["p1", "p1/a.py"], ["p1", "p1/b.py"], ["p1", "p1/b.py"], first, first]);
  expect([4, 5].map((count) => code.at(count).pads[1]?.language)).toEqual(["python", "java"]);
});

test("what was prepared before the start is one update: what was written in it is to be seen, the rest is not", () => {
  const before = new Scribe().seed().pad("p1", "Prepared", { "a.py": "a", "b.py": "b" });
  before.by(ada.id, () => before.text("p1/b.py").insert(0, "# prepared "));
  before.by(ada.id, () => before.room.set("activePad", "p1"));
  const scribe = new Scribe();
  scribe.by(null, () => Y.applyUpdate(scribe.doc, Y.encodeStateAsUpdate(before.doc)));
  const { pads, files, focus, shown } = scribe.track().code.at(1);
  expect([pads.map(({ title }) => title), shown, focus]).toEqual([["", "Prepared"], "p1", "p1/a.py"]);
  expect(files.map(({ path }) => path).sort()).toEqual(["p1/a.py", "p1/b.py", "solution.py"]);
});

test("an update that Yjs does not take is counted, and the rest is shown", () => {
  const scribe = new Scribe().seed();
  scribe.log("document", "////");
  scribe.log("document", "not base64!");
  scribe.log("document", null);
  scribe.by(grace.id, () => scribe.text().insert(0, "still "));
  const { code, changes } = scribe.track();
  expect(code.at(changes.length).files[0]?.text).toBe("still pass\n");
  expect(code.refused).toBe(3);
});

test("messages, runs, pastes, notes and people on one clock", () => {
  const scribe = new Scribe().seed();
  const say = (at: number, kind: string, data: unknown, who = grace.id) => {
    scribe.at = at;
    scribe.log(kind, data, who);
  };
  say(1000, "joined", { role: "candidate" });
  scribe.at = 2000;
  scribe.say("m1", "Hello", ada.id, { attachments: [FILE], reactions: [{ emoji: "👍", people: [grace.id] }], editedAt: "2026-11-23T12:00:05Z" });
  scribe.at = 2500;
  scribe.say("m2", "", grace.id, { deletedAt: "2026-11-23T12:00:05Z" });
  say(2600, "chat", { messageId: "m3", message: null });
  say(4500, "chat.edited", { messageId: "m1" }, ada.id);
  say(5000, "chat.edited", { messageId: "m1" }, ada.id);
  say(5000, "chat.deleted", { messageId: "m2" });
  say(3000, "run.started", { runId: "r1", language: "python" });
  say(4000, "paste", { chars: 120, lines: 3, from: "outside", path: "solution.py" });
  say(5000, "run.finished", { runId: "r1", run: { id: "r1", verdict: "ok" } });
  say(5500, "run.finished", { runId: "gone", run: null });
  say(5600, "of a later release", {});
  say(6000, "ended", {}, ada.id);
  say(90_000, "recording.ended", {}, ada.id);
  const track = scribe.track();
  expect(track.end).toBe(6000);
  expect(track.messages.map(({ at, name, text, edited, deletedAt }) => [at, name, text, edited, deletedAt !== null])).toEqual([
    [2000, "Ada Lovelace", "Hello", 4500, false],
    [2500, "Grace Hopper", "", null, true],
    [2600, "Grace Hopper", "", null, true],
  ]);
  expect(track.messages[0]).toMatchObject({ attachments: [FILE], reactions: [{ emoji: "👍", people: [grace.id] }] });
  const editedAt = (at: number) => shownAt(track.messages, 1, at)[0]?.editedAt !== null;
  expect([4499, 4500, 5000].map(editedAt)).toEqual([false, true, true]);
  expect(track.runs).toEqual([{ at: 3000, ended: 5000, run: { id: "r1", verdict: "ok" } }]);
  expect(track.moments.map(({ at, kind, what }) => [at, kind, what])).toEqual([
    [1000, "people", "joined"],
    [2000, "message", "chat"],
    [2500, "message", "chat"],
    [2600, "message", "chat"],
    [3000, "run", "run.started"],
    [4000, "paste", "activity"],
    [4500, "message", "chat.edited"],
    [5000, "message", "chat.edited"],
    [5000, "message", "chat.deleted"],
    [6000, "other", "ended"],
    [6000, "other", "recording.ended"],
  ]);
});

test("notes are where they were written, and stand as they stood", () => {
  const scribe = new Scribe().seed();
  const staff = new Scribe();
  const notes = staff.doc.getArray("notes");
  const text = new Y.Text("good start");
  staff.at = 10_000;
  notes.push([new Y.Map<unknown>([["id", "n1"], ["author", ada.id], ["at", BEGIN + 9000], ["text", text]])]);
  staff.at = 20_000;
  text.insert(0, "a very ");
  notes.push(["no note", new Y.Map([["id", 5]])]);
  for (const event of staff.events) scribe.events.push({ ...event, kind: "staff" });
  const track = scribe.track();
  expect(track.notesAt(9999)).toEqual([]);
  expect(track.notesAt(10_000)).toEqual([{ id: "n1", at: 9000, author: ada.id, text: "good start" }]);
  expect(track.notesAt(Infinity)[0]?.text).toBe("a very good start");
  expect(track.moments).toMatchObject([{ kind: "note", at: 9000, personId: ada.id, data: { text: "a very good start" } }]);
});

test("an empty log is a track of nothing", () => {
  const track = new Scribe().track();
  expect([track.end, track.moments, track.times]).toEqual([0, [], [0, 0]]);
  expect(new Player(track).state()).toMatchObject({ at: 0, count: 0, code: { files: [], focus: null } });
});
