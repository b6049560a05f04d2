import "./testing/monaco-in-jsdom";

import * as monaco from "monaco-editor/editor";
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from "y-protocols/awareness";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as Y from "yjs";

import { cursorField, remoteCursors } from "./cursor-state";
import { RemoteCursors } from "./remote-cursors";

let doc: Y.Doc;
let text: Y.Text;
let awareness: Awareness;
const others: Awareness[] = [];

beforeEach(() => {
  doc = new Y.Doc();
  text = new Y.Text("hello world");
  doc.getMap("files").set("a.py", text);
  doc.getMap("files").set("b.py", new Y.Text("other file"));
  awareness = new Awareness(doc);
});

afterEach(() => {
  for (const one of [awareness, ...others.splice(0)]) one.destroy();
});

/** What somebody else's browser tells; returns how to tell more. */
function somebody(state: Record<string, unknown>): (state: Record<string, unknown>) => void {
  const other = new Awareness(new Y.Doc());
  others.push(other);
  const tell = (next: Record<string, unknown>) => {
    other.setLocalState(next);
    applyAwarenessUpdate(awareness, encodeAwarenessUpdate(other, [other.clientID]), "network");
  };
  tell(state);
  return tell;
}

const ben = { id: "p2", name: "Ben", color: 1 };
const at = (anchor: number, head: number) => cursorField("a.py", text, anchor, head);

describe("where the others are", () => {
  test("holds while text around them changes", () => {
    somebody({ user: ben, cursor: at(6, 11) });
    text.insert(0, ">> ");
    text.delete(4, 2);
    expect(remoteCursors(awareness, doc)).toMatchObject([{ person: ben, file: "a.py", anchor: 7, head: 12 }]);
  });

  test("stays before what is inserted exactly there", () => {
    somebody({ user: ben, cursor: at(5, 5) });
    text.insert(5, "!!!");
    expect(remoteCursors(awareness, doc)[0]?.head).toBe(5);
  });

  test("is not one's own", () => {
    awareness.setLocalState({ user: ben, cursor: at(0, 0) });
    expect(remoteCursors(awareness, doc)).toEqual([]);
  });

  test.each([
    ["nothing", {}],
    ["no cursor", { user: ben }],
    ["no person", { cursor: { file: "a.py" } }],
    ["positions that are none", { user: ben, cursor: { file: "a.py", anchor: 3, head: "x" } }],
    ["JSON of another shape", { user: ben, cursor: { file: "a.py", anchor: { item: "?" }, head: { type: [] } } }],
    ["a file that is not there", { user: ben, cursor: { file: "c.py", anchor: {}, head: {} } }],
  ])("is left out when another program tells %s", (_, state) => {
    somebody(state);
    expect(remoteCursors(awareness, doc)).toEqual([]);
  });

  test("is left out when the position is in another file than it says", () => {
    somebody({ user: ben, cursor: { ...at(1, 1), file: "b.py" } });
    expect(remoteCursors(awareness, doc)).toEqual([]);
  });

  test.each([-1, 8, 1.5, "red; } * { display: none", null])("a colour outside the palette (%j) becomes one of it", (color) => {
    somebody({ user: { ...ben, color }, cursor: at(0, 0) });
    expect(remoteCursors(awareness, doc)[0]?.person.color).toBe(7);
  });
});

describe("in the editor", () => {
  let codeEditor: monaco.editor.IStandaloneCodeEditor;
  let cursors: RemoteCursors;
  let file: string | null;

  beforeEach(() => {
    vi.stubGlobal("requestAnimationFrame", (run: () => void) => setTimeout(run));
    vi.stubGlobal("cancelAnimationFrame", (id: number) => clearTimeout(id));
    file = "a.py";
    codeEditor = monaco.editor.create(document.createElement("div"), {
      model: monaco.editor.createModel("hello world", "plaintext"),
      minimap: { enabled: false },
    });
    cursors = new RemoteCursors({ codeEditor, awareness, doc, file: () => file });
  });

  afterEach(() => {
    cursors.dispose();
    codeEditor.getModel()?.dispose();
    codeEditor.dispose();
  });

  const drawn = () => new Promise((resolve) => setTimeout(resolve, 5));
  const flags = () => [...(codeEditor.getDomNode()?.querySelectorAll(".remote-cursor") ?? [])];
  const selections = () =>
    (codeEditor.getModel()?.getAllDecorations() ?? []).filter(({ options }) => options.className?.includes("remote-selection"));

  test("everybody has a caret with their name and colour, and a selection", async () => {
    somebody({ user: ben, cursor: at(0, 5) });
    await drawn();
    expect(flags()).toHaveLength(1);
    expect(flags()[0]!.textContent).toBe("Ben");
    expect(flags()[0]!.className).toContain("person-1");
    expect(selections()).toHaveLength(1);
    expect(selections()[0]!.options.className).toBe("remote-selection person-1");
    expect(selections()[0]!.range.endColumn).toBe(6);
  });

  test("a name is text, whatever it says", async () => {
    const name = `<img src=x onerror=alert(1)> "} .x { color: red`;
    somebody({ user: { ...ben, name }, cursor: at(0, 0) });
    await drawn();
    expect(flags()[0]!.textContent).toBe(name);
    expect(flags()[0]!.querySelector("img")).toBeNull();
  });

  test("the name shows when the person moves, for a while", async () => {
    const tell = somebody({ user: ben, cursor: at(0, 0) });
    await drawn();
    expect(flags()[0]!.classList).toContain("shows-name");
    flags()[0]!.classList.remove("shows-name"); // the while is over
    text.insert(0, "moved by others ");
    await drawn();
    expect(flags()[0]!.classList).not.toContain("shows-name");
    tell({ user: ben, cursor: at(3, 3) });
    await drawn();
    expect(flags()[0]!.classList).toContain("shows-name");
  });

  test("only those in the file that is shown", async () => {
    somebody({ user: ben, cursor: at(0, 5) });
    await drawn();
    file = "b.py";
    cursors.draw();
    await drawn();
    expect(flags()).toHaveLength(0);
    expect(selections()).toHaveLength(0);
  });

  test("who leaves takes everything along", async () => {
    const tell = somebody({ user: ben, cursor: at(0, 5) });
    await drawn();
    tell({ user: ben });
    await drawn();
    expect(flags()).toHaveLength(0);
    expect(selections()).toHaveLength(0);
  });
});
