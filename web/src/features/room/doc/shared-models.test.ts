import "./testing/monaco-in-jsdom";

import * as monaco from "monaco-editor/editor";
import { afterEach, expect, test, vi } from "vitest";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";

import type { RoomDocument } from "./room-document";
import { SharedModels } from "./shared-models";

// Monaco as it is, without the languages and the worker that the real module loads.
vi.mock("@/features/execution/monaco", async () => ({ monaco: await import("monaco-editor/editor") }));

const doc = new Y.Doc();
const files = doc.getMap<Y.Text>("files");
const awareness = new Awareness(doc);
const watchers = new Set<() => void>();
const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};
const shared = { doc, files, awareness, canEdit: true, watch, text: (path: string) => files.get(path) ?? null } as unknown as RoomDocument;

let editor: monaco.editor.IStandaloneCodeEditor;
let models: SharedModels;
afterEach(() => {
  models.dispose();
  editor.dispose();
  awareness.destroy();
});

test("a file shown before the languages were known gets its own when they are", () => {
  monaco.languages.register({ id: "python" });
  files.set("main.py", new Y.Text("print(1)"));
  editor = monaco.editor.create(document.body.appendChild(document.createElement("div")), { model: null, minimap: { enabled: false } });
  models = new SharedModels(editor, shared);
  models.show("main.py", "plaintext");
  const model = editor.getModel();
  models.show("main.py", "python");
  expect(editor.getModel()).toBe(model);
  expect(model?.getLanguageId()).toBe("python");
});

test("a lock keeps the open file from changing, also by undo, and its end gives it back", () => {
  files.set("main.py", new Y.Text("code"));
  editor = monaco.editor.create(document.body.appendChild(document.createElement("div")), { model: null, minimap: { enabled: false } });
  models = new SharedModels(editor, shared);
  models.show("main.py", "plaintext");
  const text = () => files.get("main.py")?.toJSON();
  const lock = (canEdit: boolean) => {
    Object.assign(shared, { canEdit });
    for (const watcher of watchers) watcher();
  };
  editor.trigger("keyboard", "type", { text: "my " });
  expect(text()).toBe("my code");
  lock(false);
  editor.trigger("keyboard", "undo", null);
  editor.trigger("keyboard", "type", { text: "not " });
  expect([text(), editor.getValue()]).toEqual(["my code", "my code"]);
  lock(true);
  editor.trigger("keyboard", "undo", null);
  expect([text(), editor.getValue()]).toEqual(["code", "code"]);
});
