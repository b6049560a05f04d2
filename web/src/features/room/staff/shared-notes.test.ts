import { expect, test } from "vitest";
import * as Y from "yjs";

import { SharedNotes } from "./shared-notes";

interface Site {
  doc: Y.Doc;
  notes: SharedNotes;
}

function site(author: string): Site {
  const doc = new Y.Doc();
  return { doc, notes: new SharedNotes(doc, author) };
}

function exchange(one: Site, other: Site): void {
  const [left, right] = [Y.encodeStateAsUpdate(one.doc), Y.encodeStateAsUpdate(other.doc)];
  Y.applyUpdate(other.doc, left);
  Y.applyUpdate(one.doc, right);
}

function add({ notes }: Site, text: string, at: number): string {
  notes.sketch(text, at);
  notes.addDraft();
  const added = notes.view.find((note) => note.at === at);
  if (!added) throw new Error("nothing was added");
  return added.id;
}

const two = () => [site("ada"), site("cleo")] as const;

test("a note has the time of its first letter, however long its writing takes", () => {
  const [ada] = two();
  ada.notes.sketch("A", 1000);
  ada.notes.sketch("Asks", 2000);
  expect(ada.notes.draft).toBe("Asks");
  ada.notes.addDraft();
  expect(ada.notes.view).toMatchObject([{ author: "ada", at: 1000, text: "Asks" }]);
  expect(ada.notes.draft).toBe("");
  ada.notes.sketch("gone", 3000);
  ada.notes.sketch(" ", 3500); // thought better of it
  ada.notes.sketch("Next", 4000);
  ada.notes.addDraft();
  ada.notes.addDraft(); // there is nothing any more
  expect(ada.notes.view.map(({ at, text }) => [at, text])).toEqual([
    [1000, "Asks"],
    [4000, "Next"],
  ]);
});

test("both note at once, and stand in the order of time for both", () => {
  const [ada, cleo] = two();
  add(ada, "second", 2000);
  add(cleo, "first", 1000);
  exchange(ada, cleo);
  for (const { notes } of [ada, cleo]) expect(notes.view.map(({ text }) => text)).toEqual(["first", "second"]);
});

test("both write in one note at once; who removes it removes it for both", () => {
  const [ada, cleo] = two();
  const id = add(ada, "good questions", 1000);
  exchange(ada, cleo);
  ada.notes.write(id, "very good questions");
  cleo.notes.write(id, "good questions about limits\r\n");
  exchange(ada, cleo);
  expect(ada.notes.view).toEqual(cleo.notes.view);
  expect(ada.notes.view[0]?.text).toBe("very good questions about limits\n");
  cleo.notes.remove(id);
  ada.notes.write(id, "too late");
  exchange(ada, cleo);
  for (const { notes } of [ada, cleo]) expect(notes.view).toEqual([]);
  ada.notes.write(id, "later still"); // it has gone: nothing happens
  expect(ada.notes.view).toEqual([]);
});

test("what is no note is passed over", () => {
  const [ada] = two();
  const text = () => new Y.Text("x");
  const maps = [
    { id: "1", author: "ada", at: "noon", text: text() },
    { id: "2", author: "ada", at: NaN, text: text() },
    { id: "3", author: "ada", at: 1e300, text: text() },
    { id: "4", author: "ada", at: 5, text: "no shared text" },
    { id: "5", author: 7, at: 5, text: text() },
    { id: "6", author: "ada", at: 5, text: text() },
  ].map((one) => new Y.Map<unknown>(Object.entries(one)));
  ada.doc.getArray("notes").push([7, "x", ...maps]);
  expect(ada.notes.view).toEqual([{ id: "6", author: "ada", at: 5, text: "x" }]);
});
