import { fireEvent, screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test, vi } from "vitest";

import { renderPage } from "@/lib/testing/render-page";

import { Dialog } from "./dialog";
import { TextInput } from "./field";

function Asking({ gone = false }: { gone?: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button onClick={() => setOpen(true)}>Ask</button>
      {!(gone && !open) && (
        <Dialog open={open} onClose={() => setOpen(false)} title="A question">
          <TextInput label="Answer" />
        </Dialog>
      )}
    </>
  );
}

test("what is to be filled in has the focus, and afterwards what opened it", async () => {
  const { user } = renderPage(<Asking />);
  await user.click(screen.getByText("Ask"));
  expect(screen.getByRole("dialog", { name: "A question" })).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByLabelText("Answer"));
  await user.click(screen.getByRole("button", { name: "Close" }));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(document.activeElement).toBe(screen.getByText("Ask"));
});

test("Escape closes it and what was typed is gone the next time", async () => {
  const { user } = renderPage(<Asking />);
  await user.click(screen.getByText("Ask"));
  await user.type(screen.getByLabelText("Answer"), "perhaps");
  await user.keyboard("{Escape}");
  await user.click(screen.getByText("Ask"));
  expect(screen.getByLabelText<HTMLInputElement>("Answer").value).toBe("");
});

test("a dialog that goes away while open gives the focus back", async () => {
  const { user } = renderPage(<Asking gone />);
  await user.click(screen.getByText("Ask"));
  await user.click(screen.getByRole("button", { name: "Close" }));
  expect(document.activeElement).toBe(screen.getByText("Ask"));
});

test("a dialog that is open from the start stays so where effects run twice", async () => {
  const close = vi.fn();
  renderPage(
    <Dialog open onClose={close} title="A question">
      Well?
    </Dialog>,
    { strict: true },
  );
  await Promise.resolve(); // the close event of the first of the two
  expect(screen.getByRole("dialog", { name: "A question" })).toBeTruthy();
  expect(close).not.toHaveBeenCalled();
});

test("a dialog inside does not close the one around it", () => {
  let closed = 0;
  renderPage(
    <Dialog open onClose={() => closed++} title="Outer">
      <dialog data-testid="inner" />
    </Dialog>,
  );
  fireEvent(screen.getByTestId("inner"), new Event("close", { bubbles: true }));
  expect(closed).toBe(0);
});
