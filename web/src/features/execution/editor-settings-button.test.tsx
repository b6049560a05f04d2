import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";

import { renderPage } from "@/lib/testing/render-page";
import { chooseTheme, themeChoice } from "@/lib/theme";

import { changeEditorSettings, editorSettings, STANDARD } from "./editor-settings";
import { EditorSettingsButton } from "./editor-settings-button";

beforeEach(() => {
  chooseTheme("system");
  changeEditorSettings(STANDARD);
});

async function opened() {
  renderPage(<EditorSettingsButton />);
  await userEvent.click(screen.getByRole("button", { name: "Editor settings" }));
  return within(screen.getByRole("dialog", { name: "Editor settings" }));
}

test("every choice takes effect at once", async () => {
  const dialog = await opened();
  await userEvent.click(dialog.getByRole("radio", { name: "Dark" }));
  await userEvent.selectOptions(dialog.getByLabelText("Font size"), "20 pixels");
  await userEvent.selectOptions(dialog.getByLabelText("Tab size"), "2 columns");
  await userEvent.selectOptions(dialog.getByLabelText("Editor in rooms"), "Light");
  await userEvent.click(dialog.getByLabelText("Propose words while typing"));
  await userEvent.click(dialog.getByLabelText(/^Ligatures/));
  await userEvent.click(dialog.getByLabelText("Wrap long lines"));
  await userEvent.click(dialog.getByLabelText(/^Tab leaves the editor/));
  expect(themeChoice()).toBe("night");
  expect(editorSettings()).toEqual({
    fontSize: 20,
    tabSize: 2,
    wordWrap: true,
    tabLeaves: true,
    ligatures: true,
    completion: false,
    keys: "default",
    editor: "light",
  });
});

test("with Vim's or Emacs' keys the light editor is used, and it is said", async () => {
  changeEditorSettings({ editor: "full" });
  const dialog = await opened();
  await userEvent.selectOptions(dialog.getByLabelText("Keys in rooms"), "Vim");
  const editor = dialog.getByLabelText<HTMLSelectElement>("Editor in rooms");
  expect(editor.disabled).toBe(true);
  expect(editor.value).toBe("light");
  expect(dialog.getByText("Vim keys are those of the light editor, so that one is used.")).toBeDefined();
  await userEvent.selectOptions(dialog.getByLabelText("Keys in rooms"), "Standard");
  expect(editor.value).toBe("full"); // as it was
});
