import { fireEvent } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";

import { noteCopied, wasCopiedHere, watchCopies } from "./copied";

let stop: () => void;
beforeEach(() => {
  stop = watchCopies();
});
afterEach(() => {
  stop();
  document.body.replaceChildren();
});

test("what the page itself puts on the clipboard, whatever an editor does to its spaces", () => {
  noteCopied("def f():\r\n  return 1\n");
  expect(wasCopiedHere("def f():\n    return 1")).toBe(true);
  expect(wasCopiedHere("def f():")).toBe(false);
});

test("what is copied by the editor, out of a field, and from the page", () => {
  const editor = document.body.appendChild(document.createElement("div"));
  fireEvent.copy(editor, { clipboardData: { getData: () => "by the editor" } });
  const field = document.body.appendChild(document.createElement("textarea"));
  field.value = "in the field";
  field.setSelectionRange(7, 12);
  fireEvent.cut(field);
  const words = document.body.appendChild(document.createElement("p"));
  words.textContent = "on the page";
  document.getSelection()!.selectAllChildren(words);
  fireEvent.copy(words);
  for (const text of ["by the editor", "field", "on the page"]) expect(wasCopiedHere(text)).toBe(true);
  expect(wasCopiedHere("in the field")).toBe(false);
});

test("nothing at all is not something that was copied", () => {
  noteCopied(" \n");
  expect(wasCopiedHere("")).toBe(false);
});

test("only the newest are kept", () => {
  for (let n = 0; n < 60; n++) noteCopied(`text ${n}`);
  expect(wasCopiedHere("text 5")).toBe(false);
  expect(wasCopiedHere("text 59")).toBe(true);
});
