import { expect, test } from "vitest";
import * as Y from "yjs";

import { SharedFiles } from "./shared-files";

interface Peer {
  doc: Y.Doc;
  files: Y.Map<Y.Text>;
  book: SharedFiles;
  moves: [string, string][];
}

function peer(clientID: number): Peer {
  const doc = new Y.Doc();
  doc.clientID = clientID;
  const files = doc.getMap<Y.Text>("files");
  const moves: [string, string][] = [];
  const book = new SharedFiles(doc, files);
  book.onMoved((...move) => moves.push(move));
  return { doc, files, book, moves };
}

function exchange(a: Peer, b: Peer): void {
  const [fromA, fromB] = [Y.encodeStateAsUpdate(a.doc), Y.encodeStateAsUpdate(b.doc)];
  Y.applyUpdate(a.doc, fromB);
  Y.applyUpdate(b.doc, fromA);
}

/** Until neither has anything that the other lacks. */
async function settled(a: Peer, b: Peer): Promise<Record<string, string>> {
  for (let round = 0; round < 3; round++) {
    exchange(a, b);
    await Promise.resolve();
  }
  expect(a.files.toJSON()).toEqual(b.files.toJSON());
  return a.files.toJSON();
}

test.each([
  [1, 2],
  [2, 1],
])("two who make one path at the same moment keep both files (clients %i and %i)", async (first, second) => {
  const [a, b] = [peer(first), peer(second)];
  a.book.create("notes.txt", "of a");
  b.book.create("notes.txt", "of b");
  b.files.get("notes.txt")?.insert(4, ", and more");
  const files = await settled(a, b);
  expect(Object.keys(files).sort()).toEqual(["notes 2.txt", "notes.txt"]);
  expect(Object.values(files).sort()).toEqual(["of a", "of b, and more"]);
  expect([...a.moves, ...b.moves]).toEqual([["notes.txt", "notes 2.txt"]]);
});

test("a path that is taken gets a number, and line ends are the room's", () => {
  const { book, files } = peer(1);
  expect([book.create("a.py", "1\r\n2\r3"), book.create("a.py", "")]).toEqual(["a.py", "a 2.py"]);
  expect(files.get("a.py")?.toJSON()).toBe("1\n2\n3");
});

test("a renamed file has its text, in one change for the others", async () => {
  const [a, b] = [peer(1), peer(2)];
  a.book.create("a.py", "text");
  await settled(a, b);
  const seen: string[][] = [];
  b.files.observe(({ keysChanged }) => seen.push([...(keysChanged as Set<string>)].sort()));
  let along = 0;
  expect(a.book.rename("a.py", "src/b.py", () => along++)).toBe("src/b.py");
  expect(await settled(a, b)).toEqual({ "src/b.py": "text" });
  expect([along, seen]).toEqual([1, [["a.py", "src/b.py"]]]);
});

test("what somebody deletes is not brought back", async () => {
  const [a, b] = [peer(1), peer(2)];
  a.book.create("a.py", "text");
  await settled(a, b);
  b.book.remove("a.py");
  expect(await settled(a, b)).toEqual({});
});
