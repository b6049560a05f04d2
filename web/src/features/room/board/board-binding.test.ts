import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";

import { BoardBinding, type BoardRefusal } from "./board-binding";
import { type BoardElement, inOrder, soundElement } from "./board-element";

/** Numbers by chance, the same in each run. */
function chances(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

let nonce = 0;
const rectangle = (id: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...soundElement({ id, type: "rectangle", version: 1, versionNonce: ++nonce, index: `a${id.length}`, x: 1, y: 2, width: 30, height: 40 }),
  ...more,
});

/** As Excalidraw: its elements change in place, and it says so. */
class Site {
  readonly doc = new Y.Doc();
  readonly map = this.doc.getMap<unknown>("board");
  readonly refused: BoardRefusal[] = [];
  readonly inHand = new Set<string>();
  elements: Record<string, unknown>[] = [];
  messages: Uint8Array[] = [];
  binding!: BoardBinding;

  constructor(canEdit = true) {
    this.doc.on("update", (update: Uint8Array) => this.messages.push(update));
    const scene = {
      elements: () => this.elements as unknown as BoardElement[],
      held: () => this.inHand,
      show: (elements: readonly BoardElement[]) => void (this.elements = [...elements] as unknown as Record<string, unknown>[]),
    };
    this.binding = new BoardBinding(this.map, scene, canEdit, (why) => this.refused.push(why));
  }

  draw(element: Record<string, unknown>): void {
    this.elements.push(element);
    this.binding.changed();
  }

  change(id: string, what: Record<string, unknown>): void {
    const element = this.elements.find((one) => one.id === id)!;
    Object.assign(element, what, { version: (element.version as number) + 1, versionNonce: ++nonce });
    this.binding.changed();
  }

  take(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, "network");
  }

  get shown(): unknown {
    return inOrder(this.elements as unknown as BoardElement[]).filter(({ isDeleted }) => !isDeleted);
  }

  one(id: string): Record<string, unknown> | undefined {
    return this.elements.find((element) => element.id === id && !element.isDeleted);
  }
}

/** Everything to everybody, until there is nothing to say. */
function settle(...sites: Site[]): void {
  for (let round = 0; round < 10; round++) {
    vi.runAllTimers();
    for (const site of sites) {
      for (const other of sites) if (other !== site) other.take(Y.encodeStateAsUpdate(site.doc, Y.encodeStateVector(other.doc)));
    }
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("what one draws, moves and deletes the other sees", () => {
  const [ada, grace] = [new Site(), new Site()];
  ada.draw(rectangle("r"));
  settle(ada, grace);
  expect(grace.one("r")).toEqual(ada.one("r"));
  grace.change("r", { x: 50 });
  settle(ada, grace);
  expect(ada.one("r")?.x).toBe(50);
  ada.change("r", { isDeleted: true });
  settle(ada, grace);
  expect(grace.one("r")).toBeUndefined();
  expect(grace.map.get("r")).toEqual({ id: "r", version: 3, versionNonce: ada.elements[0]?.versionNonce, isDeleted: true });
  // Taken back: it is there again, whole.
  ada.change("r", { isDeleted: false });
  settle(ada, grace);
  expect(grace.one("r")?.x).toBe(50);
});

test.each([1, 2, 3, 4, 5, 6])("three who change at random, apart and together, end with the same board (%i)", (seed) => {
  const chance = chances(seed);
  const sites = [new Site(), new Site(), new Site()];
  for (let step = 0; step < 150; step++) {
    const site = sites[chance(3)]!;
    const some = site.elements[chance(site.elements.length)];
    const what = chance(10);
    if (!some || what === 0) site.draw(rectangle(`e${seed}-${step}`, { index: `a${chance(5)}` }));
    else if (what === 1) site.change(some.id as string, { isDeleted: !some.isDeleted });
    else site.change(some.id as string, { x: chance(1000) });
    if (chance(3) === 0) vi.advanceTimersByTime(60);
    if (chance(4) === 0) sites[chance(3)]!.take(Y.encodeStateAsUpdate(site.doc));
  }
  settle(...sites);
  const [first, second, third] = sites.map(({ shown }) => shown);
  expect(second).toEqual(first);
  expect(third).toEqual(first);
  // And who comes now sees it, too.
  const late = new Site(false);
  late.take(Y.encodeStateAsUpdate(sites[0]!.doc));
  expect(late.shown).toEqual(first);
});

test("of two changes at once the element that was changed more often holds, whoever has the higher id in the document", () => {
  for (const [mine, theirs] of [[1, 2], [2, 1]] as const) {
    const [ada, grace] = [new Site(), new Site()];
    ada.doc.clientID = mine;
    grace.doc.clientID = theirs;
    ada.draw(rectangle("r"));
    settle(ada, grace);
    ada.change("r", { x: 10 });
    ada.change("r", { x: 11 });
    grace.change("r", { x: 20 });
    settle(ada, grace);
    expect([ada.one("r")?.x, grace.one("r")?.x]).toEqual([11, 11]);
  }
});

test("a drag is written twenty times a second at most, and whole at its end", () => {
  const ada = new Site();
  ada.draw(rectangle("r"));
  vi.runAllTimers();
  ada.messages = [];
  for (let x = 0; x < 1000; x++) {
    ada.change("r", { x });
    vi.advanceTimersByTime(1);
  }
  expect(ada.messages.length).toBeLessThanOrEqual(20);
  vi.runAllTimers();
  expect(ada.map.get("r")).toMatchObject({ x: 999 });
});

test("a long stroke is written the less often the longer it is", () => {
  const ada = new Site();
  ada.draw(rectangle("s", { type: "freedraw", points: [[0, 0], [1, 1]], pressures: [], simulatePressure: true }));
  for (let ms = 0; ms < 10_000; ms += 10) {
    const points = [...(ada.elements[0]?.points as unknown[]), [ms / 3, ms / 7]];
    ada.change("s", { points });
    vi.advanceTimersByTime(10);
  }
  vi.runAllTimers();
  expect((ada.map.get("s") as { points: unknown[] }).points).toHaveLength(1002);
  expect(ada.messages.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(300_000);
});

test("many at once go in messages that the server takes", () => {
  const ada = new Site();
  for (let i = 0; i < 60; i++) ada.elements.push(rectangle(`t${i}`, { type: "text", text: "x".repeat(9000), originalText: "x".repeat(9000) }));
  ada.binding.changed();
  vi.runAllTimers();
  expect(ada.map.size).toBe(60);
  expect(Math.max(...ada.messages.map(({ length }) => length))).toBeLessThan(300_000);
});

test("what is under one's hand is not taken away while it is, and then it is what holds", () => {
  const [ada, grace] = [new Site(), new Site()];
  ada.draw(rectangle("r"));
  settle(ada, grace);
  ada.inHand.add("r");
  grace.change("r", { x: 70 });
  settle(ada, grace);
  expect(ada.one("r")?.x).toBe(1);
  ada.inHand.clear();
  ada.binding.changed();
  expect(ada.one("r")?.x).toBe(70);
});

test("who may not write shows what the document has, and writes nothing", () => {
  const [ada, olga] = [new Site(), new Site(false)];
  ada.draw(rectangle("r"));
  settle(ada, olga);
  olga.messages = [];
  olga.change("r", { x: 500 });
  settle(ada, olga);
  expect(olga.messages).toEqual([]);
  ada.change("r", { x: 3 });
  settle(ada, olga);
  expect(olga.one("r")?.x).toBe(3);
});

test("losing the right in the middle leads back to what everybody has", () => {
  const [ada, carla] = [new Site(), new Site()];
  ada.draw(rectangle("r"));
  settle(ada, carla);
  carla.change("r", { x: 999 });
  carla.draw(rectangle("own"));
  carla.binding.setCanEdit(false);
  settle(ada, carla);
  expect(carla.shown).toEqual(ada.shown);
  expect(ada.one("r")?.x).toBe(1);
  carla.binding.setCanEdit(true);
  carla.change("r", { x: 5 });
  settle(ada, carla);
  expect(ada.one("r")?.x).toBe(5);
});

test("pictures and embedded pages go from the board at once, and links from what is shared", () => {
  const ada = new Site();
  ada.draw(rectangle("i", { type: "image", fileId: "f" }));
  ada.draw(rectangle("e", { type: "embeddable", link: "https://example.test" }));
  expect(ada.refused).toEqual(["kind", "kind"]);
  expect(ada.elements).toEqual([]);
  ada.draw(rectangle("l", { link: "https://example.test", customData: { a: 1 } }));
  vi.runAllTimers();
  expect(ada.map.get("l")).toMatchObject({ link: null });
  expect(ada.one("l")?.link).toBeNull();
  expect(ada.map.get("l")).not.toHaveProperty("customData");
  expect([...ada.map.keys()]).toEqual(["l"]);
  // The document's own copy is not the one that Excalidraw goes on changing.
  ada.one("l")!.x = 12_345;
  expect(ada.map.get("l")).toMatchObject({ x: 1 });
});

test("a board that is full takes no more, but lets go", () => {
  const ada = new Site();
  const text = "x".repeat(15_000);
  for (let i = 0; i < 70; i++) ada.draw(rectangle(`t${i}`, { type: "text", text, originalText: text }));
  vi.runAllTimers();
  const kept = ada.map.size;
  expect(kept).toBeGreaterThan(60);
  expect(kept).toBeLessThan(70);
  expect(ada.refused).toContain("full");
  expect(ada.elements).toHaveLength(kept);
  ada.change("t0", { isDeleted: true });
  ada.draw(rectangle("small"));
  vi.runAllTimers();
  expect(ada.one("small")).toBeDefined();
});

test("a shape that was let go before it was one leaves nothing behind", () => {
  const [ada, grace] = [new Site(), new Site()];
  ada.draw(rectangle("click", { width: 0, height: 0 }));
  settle(ada, grace);
  expect(ada.map.size).toBe(0);
  ada.change("click", { width: 9 });
  settle(ada, grace);
  expect(grace.one("click")).toBeDefined();
  ada.elements = [];
  ada.binding.changed();
  settle(ada, grace);
  expect(grace.one("click")).toBeUndefined();
});

test("whatever a program of somebody's own writes on the board, the rest of it is drawn", () => {
  const ada = new Site();
  ada.draw(rectangle("r"));
  vi.runAllTimers();
  const program = new Y.Doc();
  const map = program.getMap<unknown>("board");
  const odd: [string, unknown][] = [
    ["text", "no element"],
    ["null", null],
    ["list", [1, 2]],
    ["shared", new Y.Map()],
    ["other", rectangle("not-other")],
    ["iframe", rectangle("iframe", { type: "iframe", link: "javascript:alert(1)" })],
    ["proto", rectangle("proto", { type: "__proto__" })],
    ["nan", rectangle("nan", { x: Number.NaN })],
    ["vast", rectangle("vast", { width: 1e9 })],
    ["late", rectangle("late", { version: 1e300 })],
    ["line", rectangle("line", { type: "line", points: [[0, 0], ["x", 1]] })],
    ["short", rectangle("short", { type: "arrow", points: [[0, 0]] })],
    ["many", rectangle("many", { type: "line", points: Array.from({ length: 10_001 }, () => [0, 0]) })],
    ["a b", rectangle("a b")],
  ];
  for (const [key, value] of odd) map.set(key, value);
  map.set("half", rectangle("half", { strokeColor: "url(https://evil.test/x)", index: "zzz", groupIds: [7, "g"], boundElements: "no", link: "https://evil.test" }));
  ada.take(Y.encodeStateAsUpdate(program));
  expect(ada.elements.map(({ id }) => id).sort()).toEqual(["half", "r"]);
  expect(ada.one("half")).toMatchObject({ strokeColor: "#1e1e1e", index: null, groupIds: ["g"], boundElements: null, link: null });
  map.delete("half");
  ada.take(Y.encodeStateAsUpdate(program));
  expect(ada.one("half")).toBeUndefined();
});

test("what Excalidraw itself makes is sound and comes through as it is", () => {
  const base = { ...rectangle("x"), angle: 0.5, roundness: { type: 3 }, boundElements: [{ id: "a", type: "arrow" }], frameId: "f" };
  const elements = [
    { ...base, type: "diamond" },
    { ...base, type: "frame", name: "Part one" },
    { ...base, type: "text", text: "hi", originalText: "hi", fontSize: 20, fontFamily: 5, textAlign: "center", verticalAlign: "middle", containerId: "c", autoResize: true, lineHeight: 1.25 },
    {
      ...base,
      type: "arrow",
      points: [[0, 0], [10.123, 20]],
      lastCommittedPoint: null,
      startBinding: { elementId: "r", focus: 0.1, gap: 4, fixedPoint: [0.5, -0.01] },
      endBinding: null,
      startArrowhead: null,
      endArrowhead: "arrow",
      elbowed: true,
      fixedSegments: [{ index: 2, start: [0, 0], end: [5, 0] }],
      startIsSpecial: false,
      endIsSpecial: null,
    },
    { ...base, type: "freedraw", points: [[0, 0], [1.5, 2.25]], pressures: [0.5, 0.25], simulatePressure: false, lastCommittedPoint: null },
  ];
  for (const element of elements) expect(soundElement(element)).toEqual(element);
});
