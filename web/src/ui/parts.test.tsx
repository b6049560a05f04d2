import { act, fireEvent, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import type { SyntheticEvent } from "react";
import { afterEach, expect, test, vi } from "vitest";

import { renderPage } from "@/lib/testing/render-page";

import { Avatar, initials } from "./avatar";
import { Button } from "./button";
import { CopyButton } from "./copy-button";
import { TextInput } from "./field";
import { SplitPane } from "./split-pane";
import { toast, Toaster } from "./toast";

afterEach(() => vi.useRealTimers());

test("a busy button keeps its name and does nothing", async () => {
  const press = vi.fn();
  const submit = vi.fn((event: SyntheticEvent) => event.preventDefault());
  render(
    <form onSubmit={submit}>
      <Button busy onClick={press} type="submit">
        Save
      </Button>
    </form>,
  );
  const button = screen.getByRole("button", { name: "Save" });
  await userEvent.click(button);
  expect(press).not.toHaveBeenCalled();
  expect(button.getAttribute("aria-busy")).toBe("true");
  expect(submit).not.toHaveBeenCalled();
  // Enter presses what submits the form, and sends a form in which nothing does.
  expect((button as HTMLButtonElement).type).toBe("submit");
});

test("an input is tied to what is wrong with it", () => {
  render(<TextInput label="Name" hint="As others see you" error="must not be empty" />);
  const input = screen.getByLabelText("Name");
  expect(input.getAttribute("aria-invalid")).toBe("true");
  const note = document.getElementById(input.getAttribute("aria-describedby") ?? "");
  expect(note?.textContent).toBe("must not be empty");
});

test.each([
  ["Ada Lovelace", "AL"],
  ["  grace brewster murray hopper ", "GH"],
  ["Ada", "A"],
  ["李 小龍", "李小"],
  ["👩‍💻 Dev", "👩‍💻D"],
  ["", ""],
])("the initials of %j are %j", (name, letters) => {
  expect(initials(name)).toBe(letters);
});

test("the colour of a person is the room's, or always the same one", () => {
  const color = (element: HTMLElement) => (element.firstElementChild as HTMLElement).style.background;
  expect(color(render(<Avatar name="Ada" color={3} />).container)).toBe("var(--person-3)");
  expect(color(render(<Avatar name="Ada" />).container)).toBe(color(render(<Avatar name="Ada" />).container));
});

const bar = () => screen.getByRole("separator", { name: "Width" });
const split = () => <SplitPane name="t" label="Width" direction="row" start="a" end="b" initial={40} min={20} max={80} />;

test("the bar between panes moves by keys, within its limits, and is remembered", () => {
  const { unmount } = render(split());
  fireEvent.keyDown(bar(), { key: "ArrowRight" });
  expect(bar().getAttribute("aria-valuenow")).toBe("42");
  fireEvent.keyDown(bar(), { key: "ArrowLeft", shiftKey: true });
  expect(bar().getAttribute("aria-valuenow")).toBe("32");
  fireEvent.keyDown(bar(), { key: "End" });
  fireEvent.keyDown(bar(), { key: "ArrowRight" });
  expect(bar().getAttribute("aria-valuenow")).toBe("80");
  unmount();
  render(split());
  expect(bar().getAttribute("aria-valuenow")).toBe("80");
  fireEvent.doubleClick(bar());
  expect(bar().getAttribute("aria-valuenow")).toBe("40");
});

test("notices go by themselves, errors stay until put away", () => {
  vi.useFakeTimers();
  renderPage(<Toaster />);
  act(() => {
    toast.success("Saved.");
    toast.error("Broken.");
    toast.error("Broken.");
  });
  expect(screen.getByRole("status").textContent).toContain("Saved.");
  expect(screen.getAllByRole("alert")).toHaveLength(1);
  act(() => void vi.advanceTimersByTime(6000));
  expect(screen.queryByText("Saved.")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Put this notice away" }));
  expect(screen.queryByText("Broken.")).toBeNull();
});

test("a notice that is pointed at stays", () => {
  vi.useFakeTimers();
  renderPage(<Toaster />);
  act(() => toast.info("Read me."));
  fireEvent.pointerEnter(screen.getByRole("status"));
  act(() => void vi.advanceTimersByTime(60_000));
  expect(screen.getByText("Read me.")).toBeTruthy();
  fireEvent.pointerLeave(screen.getByRole("status"));
  act(() => void vi.advanceTimersByTime(6000));
  expect(screen.queryByText("Read me.")).toBeNull();
});

test("copying says so, and says when the browser forbids it", async () => {
  const { user } = renderPage(
    <>
      <CopyButton text={() => "the link"} label="Copy the link" />
      <Toaster />
    </>,
  );
  await user.click(screen.getByRole("button", { name: "Copy the link" }));
  expect(await navigator.clipboard.readText()).toBe("the link");
  expect(screen.getByText("Copied")).toBeTruthy();
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new DOMException("no", "NotAllowedError"));
  await user.click(screen.getByRole("button", { name: "Copy the link" }));
  expect((await screen.findByRole("alert")).textContent).toContain("did not allow");
});

test("where the address is not secure, what is copied is selected for the browser, and the focus stays", async () => {
  const { user } = renderPage(<CopyButton text="the link" label="Copy the link" />);
  vi.spyOn(navigator, "clipboard", "get").mockReturnValue(undefined as unknown as Clipboard);
  let copied = "";
  const command = () => {
    copied = (document.activeElement as HTMLTextAreaElement).value;
    return true;
  };
  Object.assign(document, { execCommand: command }); // jsdom has none
  await user.click(screen.getByRole("button", { name: "Copy the link" }));
  Reflect.deleteProperty(document, "execCommand");
  expect(copied).toBe("the link");
  expect(await screen.findByText("Copied")).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Copy the link" }));
  expect(document.querySelector("textarea")).toBeNull();
});
