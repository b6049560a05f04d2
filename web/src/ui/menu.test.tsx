import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { renderPage } from "@/lib/testing/render-page";

import { Menu, type MenuEntry } from "./menu";

function draw(entries: MenuEntry[]) {
  return renderPage(
    <Menu label="Account" entries={entries}>
      {(button) => <button {...button}>Open</button>}
    </Menu>,
  );
}

test("keys walk through the entries and Escape-like closing gives the focus back", async () => {
  const chosen = vi.fn();
  const { user } = draw([
    { label: "First", onSelect: vi.fn() },
    { kind: "line" },
    { label: "Off", onSelect: vi.fn(), disabled: true },
    { label: "Last", onSelect: chosen },
  ]);
  const button = screen.getByText("Open");
  button.focus();
  await user.keyboard("{ArrowDown}");
  expect(button.getAttribute("aria-expanded")).toBe("true");
  expect(document.activeElement?.textContent).toBe("First");
  await user.keyboard("{ArrowDown}");
  expect(document.activeElement?.textContent).toBe("Last"); // over the line and what is disabled
  await user.keyboard("{ArrowDown}");
  expect(document.activeElement?.textContent).toBe("First");
  await user.keyboard("{End}{Enter}");
  expect(chosen).toHaveBeenCalledOnce();
  expect(document.activeElement).toBe(button);
  expect(button.getAttribute("aria-expanded")).toBe("false");
});

test("its own button closes it again, and so does a press beside it", async () => {
  const { user } = draw([{ label: "First", onSelect: vi.fn() }]);
  const button = screen.getByText("Open");
  for (const expanded of ["true", "false", "true"]) {
    await user.click(button);
    expect(button.getAttribute("aria-expanded")).toBe(expanded);
  }
  await user.click(document.body);
  expect(button.getAttribute("aria-expanded")).toBe("false");
});

test("a link in it goes somewhere", async () => {
  const { user } = draw([{ kind: "link", label: "Profile", to: "/profile" }]);
  await user.click(screen.getByText("Open"));
  await user.click(screen.getByRole("menuitem", { name: "Profile" }));
  expect(await screen.findByText("at /profile")).toBeTruthy();
});

test("a choice says whether it is the one in force", () => {
  draw([
    { kind: "choice", label: "Light", checked: true, onSelect: vi.fn() },
    { kind: "choice", label: "Dark", checked: false, onSelect: vi.fn() },
  ]);
  const states = screen.getAllByRole("menuitemradio", { hidden: true }).map((entry) => entry.getAttribute("aria-checked"));
  expect(states).toEqual(["true", "false"]);
});

test("letters go to the next entry that begins with them, from the one in force", async () => {
  const { user } = draw(["Go", "Rust", "R", "Scala", "Ruby"].map((label) => ({ kind: "choice", label, checked: label === "R", onSelect: vi.fn() })));
  const button = screen.getByText("Open");
  button.focus();
  await user.keyboard("{ArrowDown}");
  expect(document.activeElement?.textContent).toBe("R");
  await user.keyboard("rus");
  expect(document.activeElement?.textContent).toBe("Rust");
  await user.keyboard("x");
  expect(document.activeElement?.textContent).toBe("Rust"); // nothing begins with "rusx"
});
