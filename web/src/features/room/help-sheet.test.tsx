import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { renderPage } from "@/lib/testing/render-page";
import { Dialog } from "@/ui/dialog";

import { HelpButton } from "./help-sheet";

const sheet = () => screen.queryByRole("dialog", { name: "Keyboard shortcuts" });

test("a question mark opens it, Escape closes it and gives the focus back", async () => {
  renderPage(
    <>
      <button type="button">before</button>
      <HelpButton />
    </>,
  );
  screen.getByRole("button", { name: "before" }).focus();
  await userEvent.keyboard("?");
  expect(sheet()).not.toBeNull();
  expect(screen.getByText("Leave the editor (with Shift: backwards)")).toBeDefined();
  await userEvent.keyboard("{Escape}");
  await expect.poll(sheet).toBeNull();
  expect(document.activeElement?.textContent).toBe("before");
});

test("so does its button", async () => {
  renderPage(<HelpButton />);
  await userEvent.click(screen.getByRole("button", { name: "Keyboard shortcuts" }));
  expect(sheet()).not.toBeNull();
});

test("where one types, a question mark is one", async () => {
  renderPage(
    <>
      <HelpButton />
      <textarea aria-label="message" />
      <div role="textbox" aria-label="code" tabIndex={0} />
    </>,
  );
  await userEvent.type(screen.getByLabelText("message"), "why?");
  screen.getByLabelText("code").focus();
  await userEvent.keyboard("?{Control>}?{/Control}");
  expect(sheet()).toBeNull();
  expect(screen.getByLabelText<HTMLTextAreaElement>("message").value).toBe("why?");
});

test("it does not open over another dialog", async () => {
  renderPage(
    <>
      <HelpButton />
      <Dialog open onClose={() => undefined} title="Invite">
        <button type="button">copy</button>
      </Dialog>
    </>,
  );
  screen.getByRole("button", { name: "copy" }).focus();
  await userEvent.keyboard("?");
  expect(sheet()).toBeNull();
});
