import { act, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";

import { renderPage } from "@/lib/testing/render-page";
import { session } from "@/lib/testing/samples";

import { RoomDocument } from "../doc/room-document";
import { FakeIndexedDb } from "../doc/testing/fake-indexed-db";
import { PlaceProvider, usePlace } from "./place";

let shared: RoomDocument;
vi.mock("../events/room-context", () => ({ useRoom: () => ({ session: session() }) }));
vi.mock("../doc/document-context", async () => {
  const { useSyncExternalStore } = await import("react");
  return { useDocumentView: () => useSyncExternalStore(shared.watch, () => shared.view) };
});

/** As the server seeds: everything of one client, the pad's own. */
function seed(client: number, write: (doc: Y.Doc) => void): void {
  const doc = new Y.Doc();
  doc.clientID = client;
  write(doc);
  act(() => Y.applyUpdate(shared.doc, Y.encodeStateAsUpdate(doc)));
}

function addPad(id: string, at: number): void {
  seed(100 + at, (doc) => {
    doc.getMap("files").set(`${id}/solution.py`, new Y.Text("start"));
    doc.getMap("files").set(`${id}/main.c`, new Y.Text("start"));
    const told = { title: `Pad ${id}`, problem: "", language: "python", activeFile: `${id}/solution.py`, at };
    doc.getMap("pads").set(id, new Y.Map(Object.entries(told)));
  });
}

beforeEach(() => {
  FakeIndexedDb.install();
  shared = new RoomDocument("s-1", { id: "u-ada", name: "Ada", color: 0 }, true);
  seed(1, (doc) => {
    for (const path of ["solution.py", "main.c"]) doc.getMap("files").set(path, new Y.Text("start"));
    doc.getMap("room").set("language", "python");
    doc.getMap("room").set("activeFile", "solution.py");
  });
});
afterEach(() => shared.stop());

function Shown() {
  const { pad, pads, path, worthy, apart, go, goTo } = usePlace();
  return (
    <>
      <p data-testid="place">{JSON.stringify([pad.title, path, apart])}</p>
      <p data-testid="worthy">{worthy.join(" ")}</p>
      <p data-testid="pads">{pads.map(({ id }) => id).join(",")}</p>
      <button onClick={() => go("b")}>to b</button>
      <button onClick={() => goTo("b/main.c")}>to C</button>
    </>
  );
}

const show = () =>
  renderPage(
    <PlaceProvider>
      <Shown />
    </PlaceProvider>,
  );
const place = () => JSON.parse(screen.getByTestId("place").textContent) as unknown;
const said = (what: string) => screen.getByTestId(what).textContent;

test("everybody begins at what is shown, looks around alone, and comes along when something else is shown", async () => {
  const { user } = show();
  expect(place()).toEqual(["Two Sum", "solution.py", false]);
  addPad("b", 2);
  addPad("a", 1);
  expect(said("pads")).toBe(",a,b");
  expect(place()).toEqual(["Two Sum", "solution.py", false]);
  await user.click(screen.getByText("to b"));
  expect(place()).toEqual(["Pad b", "b/solution.py", true]);
  await user.click(screen.getByText("to C"));
  expect(place()).toEqual(["Pad b", "b/main.c", true]);
  act(() => shared.present("a", "a/solution.py"));
  expect(place()).toEqual(["Pad a", "a/solution.py", false]);
  act(() => shared.present("", "solution.py"));
  expect(place()).toEqual(["Two Sum", "solution.py", false]);
});

test("only what somebody wrote in or made is to be seen, the first letter on", () => {
  addPad("b", 2);
  show();
  expect(said("worthy")).toBe("solution.py");
  act(() => shared.text("main.c")?.insert(2, "x"));
  expect(said("worthy")).toBe("solution.py main.c");
  act(() => void shared.book.create("empty.txt", ""));
  expect(said("worthy")).toBe("solution.py main.c empty.txt");
  act(() => shared.text("b/main.c")?.delete(0, 5));
  expect([...shared.view.touched].sort()).toEqual(["b/main.c", "empty.txt", "main.c"]);
});

test("a file that is looked at and goes leads back to what is shown", async () => {
  addPad("b", 2);
  const { user } = show();
  await user.click(screen.getByText("to C"));
  act(() => shared.book.remove("b/main.c"));
  expect(place()).toEqual(["Pad b", "b/solution.py", true]);
});

test("whatever a program of somebody's own writes among the pads is passed over", () => {
  show();
  act(() => {
    const pads = shared.doc.getMap("pads");
    pads.set("text", "no pad");
    pads.set("a/b", new Y.Map());
    pads.set("", new Y.Map());
    pads.set("odd", new Y.Map<unknown>([["title", 7], ["at", "late"], ["activeFile", ["x"]]]));
    shared.doc.getMap("room").set("activePad", "nowhere");
  });
  expect(said("pads")).toBe(",odd");
  expect(place()).toEqual(["Two Sum", "solution.py", false]);
});
