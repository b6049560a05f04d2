import { expect, test } from "vitest";
import * as Y from "yjs";

import { SharedCases } from "./shared-cases";

interface Site {
  doc: Y.Doc;
  cases: SharedCases;
}

function site(author: string): Site {
  const doc = new Y.Doc();
  return { doc, cases: new SharedCases(doc, author) };
}

function exchange(one: Site, other: Site): void {
  const [left, right] = [Y.encodeStateAsUpdate(one.doc), Y.encodeStateAsUpdate(other.doc)];
  Y.applyUpdate(other.doc, left);
  Y.applyUpdate(one.doc, right);
}

const two = () => [site("Ada"), site("Ben")] as const;

test("what one adds the other has, and who comes late as well", () => {
  const [ada, ben] = two();
  const id = ada.cases.add({ nums: "[1]", target: "1" }, "[0]");
  exchange(ada, ben);
  const all = [{ id, author: "Ada", pad: "", texts: { nums: "[1]", target: "1" }, expected: "[0]" }];
  expect(ben.cases.view).toEqual(all);
  const late = site("Cleo");
  Y.applyUpdate(late.doc, Y.encodeStateAsUpdate(ben.doc));
  expect(late.cases.view).toEqual(all);
});

test("two people write in one field at once, and both are kept", () => {
  const [ada, ben] = two();
  const id = ada.cases.add({ nums: "[2]" }, "");
  exchange(ada, ben);
  ada.cases.write(id, "nums", "[1, 2]");
  ben.cases.write(id, "nums", "[2, 3]");
  ben.cases.write(id, null, "[0]");
  exchange(ada, ben);
  expect(ada.cases.view).toEqual(ben.cases.view);
  expect(ada.cases.view[0]).toMatchObject({ texts: { nums: "[1, 2, 3]" }, expected: "[0]" });
});

test("both add at once; one is removed while the other one writes in it", () => {
  const [ada, ben] = two();
  const first = ada.cases.add({ nums: "[1]" }, "");
  const second = ben.cases.add({ nums: "[2]" }, "");
  exchange(ada, ben);
  expect(ada.cases.view.map(({ id }) => id).sort()).toEqual([first, second].sort());
  ada.cases.remove(second);
  ben.cases.write(second, "nums", "[3]");
  exchange(ada, ben);
  for (const { cases } of [ada, ben]) expect(cases.view.map(({ id }) => id)).toEqual([first]);
  ben.cases.write(second, "nums", "[4]"); // it has gone: nothing happens
  expect(ben.cases.view).toHaveLength(1);
});

test("what is no case is passed over, and a field that is missing is made", () => {
  const [ada] = two();
  ada.doc.getArray("cases").push([
    7,
    new Y.Map([["id", "nothing else"]]),
    new Y.Map<unknown>([
      ["id", "bare"],
      ["fields", new Y.Map([["nums", 3]])],
    ]),
  ]);
  expect(ada.cases.view).toEqual([{ id: "bare", author: "", pad: "", texts: { nums: "" }, expected: "" }]);
  ada.cases.write("bare", "nums", "[1]");
  ada.cases.write("bare", null, "[0]");
  expect(ada.cases.view[0]).toMatchObject({ texts: { nums: "[1]" }, expected: "[0]" });
});

test("each pad has cases of its own", () => {
  const [ada, ben] = [site("Ada"), site("Ben")];
  ada.cases.add({ nums: "[1]" }, "", "p2");
  exchange(ada, ben);
  expect(ben.cases.view.map(({ pad }) => pad)).toEqual(["p2"]);
});
