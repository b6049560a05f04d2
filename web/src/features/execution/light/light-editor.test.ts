import { ensureSyntaxTree } from "@codemirror/language";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { STANDARD } from "../editor-settings";
import { sharedHistory } from "./history";
import { LightEditor } from "./light-editor";
import type { Look } from "./setup";

const LOOK: Look = { settings: STANDARD, theme: "day", label: "Code", readOnly: false };

const steps: string[] = [];
const history = sharedHistory.of({ undo: () => steps.push("undo") > 0, redo: () => steps.push("redo") > 0 });
let editor: LightEditor;

beforeEach(() => {
  steps.length = 0;
  editor = new LightEditor(document.body.appendChild(document.createElement("div")), LOOK, []);
  editor.show({ text: "one\n  two\n", language: "python", extension: history });
});
afterEach(() => editor.destroy());

function press(key: string, code: string, more: KeyboardEventInit = {}): void {
  const letter = key.length === 1 ? key.toUpperCase().charCodeAt(0) : 0;
  const event = new KeyboardEvent("keydown", { key, code, keyCode: letter, bubbles: true, cancelable: true, ...more });
  editor.view.contentDOM.dispatchEvent(event);
}
const content = () => editor.view.contentDOM;
const withKeys = (keys: Look["settings"]["keys"]) => editor.setLook({ ...LOOK, settings: { ...STANDARD, keys } });

test("the standard keys undo by the text's own history, also when there is nothing", () => {
  press("z", "KeyZ", { ctrlKey: true });
  press("y", "KeyY", { ctrlKey: true });
  expect(steps).toEqual(["undo", "redo"]);
});

test("so do Vim's keys", async () => {
  withKeys("vim");
  await vi.waitFor(() => expect(editor.view.scrollDOM.classList).toContain("cm-vimMode"));
  press("x", "KeyX"); // a command, no letter
  expect(editor.view.state.doc.toString()).toBe("ne\n  two\n");
  press("u", "KeyU");
  press("r", "KeyR", { ctrlKey: true });
  expect(steps).toEqual(["undo", "redo"]);
});

test("so do Emacs' keys, which go away again", async () => {
  withKeys("emacs");
  await vi.waitFor(() => expect(editor.view.scrollDOM.classList).toContain("cm-emacsMode"));
  press("e", "KeyE", { ctrlKey: true });
  expect(editor.view.state.selection.main.head).toBe(3);
  press("/", "Slash", { ctrlKey: true });
  expect(steps).toEqual(["undo"]);
  withKeys("default");
  await vi.waitFor(() => expect(editor.view.scrollDOM.classList).not.toContain("cm-emacsMode"));
});

test("the settings hold, and stay when another text is shown", () => {
  editor.setLook({ ...LOOK, label: "Shared code", readOnly: true, settings: { ...STANDARD, tabSize: 8, wordWrap: true } });
  editor.show({ text: "two", language: "go", extension: [] });
  expect(content().getAttribute("aria-label")).toBe("Shared code");
  expect(content().getAttribute("aria-readonly")).toBe("true");
  expect(content().getAttribute("inputmode")).toBe("none"); // no keyboard comes up on a phone
  expect(editor.view.state.tabSize).toBe(8);
  expect(editor.view.lineWrapping).toBe(true);
});

test("a text is indented as it is, unless told otherwise", () => {
  const tab = () => press("Tab", "Tab", { keyCode: 9 });
  tab();
  expect(editor.view.state.doc.toString()).toBe("  one\n  two\n");
  editor.show({ text: "\tgo\nx", language: "go", extension: [] });
  tab();
  expect(editor.view.state.doc.toString()).toBe("\t\tgo\nx");
  editor.setLook({ ...LOOK, settings: { ...STANDARD, tabLeaves: true } });
  tab();
  expect(editor.view.state.doc.toString()).toBe("\t\tgo\nx");
});

test("languages come after the text, unknown ones never", async () => {
  const name = () => ensureSyntaxTree(editor.view.state, 5)?.type.name;
  await vi.waitFor(() => expect(name()).toBe("Script"), { timeout: 8000 });
  editor.setLanguage("rust");
  await vi.waitFor(() => expect(name()).toBe("SourceFile"), { timeout: 8000 });
  editor.setLanguage("ruby");
  await vi.waitFor(() => expect(name()).toBe("Document"), { timeout: 8000 });
  editor.setLanguage("klingon");
  await vi.waitFor(() => expect(ensureSyntaxTree(editor.view.state, 5)).toBeNull());
});
