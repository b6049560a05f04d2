import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";

import { STANDARD } from "@/features/execution/editor-settings";
import { LightEditor } from "@/features/execution/light/light-editor";

import { cursorField, type RemoteCursor } from "./cursor-state";
import { LightModels } from "./light-models";
import type { RoomDocument } from "./room-document";

let doc: Y.Doc;
let files: Y.Map<Y.Text>;
let awareness: Awareness;
let watchers: Set<() => void>;
let shared: RoomDocument;
let editor: LightEditor;
let models: LightModels;

beforeEach(() => {
  doc = new Y.Doc();
  files = doc.getMap("files");
  files.set("main.py", new Y.Text("code"));
  files.set("other.py", new Y.Text("more"));
  awareness = new Awareness(doc);
  watchers = new Set();
  const watch = (watcher: () => void) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  };
  shared = { doc, files, awareness, canEdit: true, watch, text: (path: string) => files.get(path) ?? null } as unknown as RoomDocument;
  const place = document.body.appendChild(document.createElement("div"));
  editor = new LightEditor(place, { settings: STANDARD, theme: "day", label: "Code", readOnly: false }, []);
  models = new LightModels(editor, shared);
  models.show("main.py", "python");
});

afterEach(() => {
  models.dispose();
  editor.destroy();
  awareness.destroy();
});

const shown = () => editor.view.state.doc.toString();
const type = (text: string, userEvent = "input.type") => editor.view.dispatch({ ...editor.view.state.replaceSelection(text), userEvent });
const select = (anchor: number) => editor.view.dispatch({ selection: { anchor } });

test("each file keeps its text, its caret and its steps of undo", () => {
  select(4);
  type("!");
  models.show("other.py", "python");
  type("? ");
  expect([files.get("main.py")?.toJSON(), files.get("other.py")?.toJSON()]).toEqual(["code!", "? more"]);
  models.show("main.py", "python");
  expect([shown(), editor.view.state.selection.main.head]).toEqual(["code!", 5]);
});

test("what others type into a file that is not shown is there when it is", () => {
  models.show("other.py", "python");
  files.get("main.py")?.delete(0, 4);
  models.show("main.py", "python");
  expect([shown(), editor.view.state.selection.main.head]).toEqual(["", 0]);
});

test("a lock keeps the open files from changing, and its end gives them back", () => {
  const lock = (canEdit: boolean) => {
    Object.assign(shared, { canEdit });
    for (const watcher of watchers) watcher();
  };
  type("my ");
  lock(false);
  type("not ");
  expect([shown(), files.get("main.py")?.toJSON()]).toEqual(["my code", "my code"]);
  lock(true);
  type("own ");
  expect(files.get("main.py")?.toJSON()).toBe("my own code");
});

test("a file that goes away leaves nothing to write into, and comes back", () => {
  files.delete("main.py");
  type("lost");
  expect(shown()).toBe("");
  files.set("main.py", new Y.Text("again"));
  expect(shown()).toBe("again");
});

test("what is pasted is told, with its file; what is typed is not", () => {
  const pastes: [string, string][] = [];
  models.onPaste((text, path) => pastes.push([text, path]));
  type("typed");
  type("from elsewhere\nand on", "input.paste");
  expect(pastes).toEqual([["from elsewhere\nand on", "main.py"]]);
});

test("the others learn where one is once one has been in the editor, and the listeners where they are", async () => {
  const cursor = () => (awareness.getLocalState() as { cursor?: { file: string } } | null)?.cursor;
  vi.useFakeTimers();
  select(2);
  vi.runAllTimers();
  vi.useRealTimers();
  expect(cursor()).toBeUndefined();
  editor.view.focus();
  await vi.waitFor(() => expect(cursor()?.file).toBe("main.py"));

  const heard = vi.fn<(cursors: readonly RemoteCursor[]) => void>();
  models.listen(heard);
  const user = { id: "ben", name: "Ben", color: 1 };
  awareness.getStates().set(7, { user, cursor: cursorField("main.py", files.get("main.py")!, 0, 3) });
  awareness.emit("change", [{ added: [7], updated: [], removed: [] }, "remote"]);
  await vi.waitFor(() => expect(heard.mock.lastCall?.[0]).toMatchObject([{ person: { name: "Ben" }, file: "main.py", anchor: 0, head: 3 }]));
});
