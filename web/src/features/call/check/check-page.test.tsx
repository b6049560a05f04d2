import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { renderPage } from "@/lib/testing/render-page";

import { FakeMediaStream } from "../testing/fake-connection";
import CheckPage from "./check-page";
import { FakeTools } from "./testing/fake-tools";

let tools: FakeTools;
const invites: (string | null)[] = [];
vi.mock("./tools", () => ({
  toolsFor: (invite: string | null) => {
    invites.push(invite);
    return tools;
  },
}));

beforeEach(() => {
  tools = new FakeTools();
  invites.length = 0;
  vi.stubGlobal("MediaStream", FakeMediaStream);
  HTMLMediaElement.prototype.play = () => Promise.resolve();
});
afterEach(() => Reflect.deleteProperty(navigator, "clipboard"));

const open = (search = "") => renderPage(<CheckPage />, { at: `/check${search}` });
const row = (name: string) => screen.getByText(name).closest("li")!;
const done = () => waitFor(() => expect(screen.getByTestId("check-summary").dataset.phase).toBe("done"));

test("asks for nothing before it is started, then says what it comes to", async () => {
  const { user } = open();
  expect(tools.openInputs).not.toHaveBeenCalled();
  await user.click(screen.getByRole("button", { name: "Start the test" }));
  await done();
  const [said] = within(screen.getByTestId("check-summary")).getAllByRole("status");
  expect(said?.textContent).toMatch(/^You are ready/);
  expect(row("Relay").dataset.state).toBe("ok");
  expect(within(row("Relay")).getByText("Works")).toBeTruthy(); // in words, for who does not see the sign
  expect(screen.getByLabelText("Your camera")).toBeTruthy();
});

test("what fails says what to do, and can be tried again", async () => {
  tools.broken.camera = true;
  const { user } = open();
  await user.click(screen.getByTestId("check-run"));
  await done();
  expect(row("Camera").textContent).toContain("It is blocked.");
  expect(screen.getByText("No picture")).toBeTruthy();
  tools.broken = {};
  await user.click(screen.getByRole("button", { name: "Test again" }));
  await waitFor(() => expect(row("Camera").dataset.state).toBe("ok"));
});

test("the test tone asks, and the keyboard stays where it is", async () => {
  const { user } = open();
  const tone = screen.getByTestId("check-tone");
  await user.click(tone);
  expect(await within(row("Speakers")).findByRole("status")).toHaveProperty("textContent", "Did you hear two notes?");
  await user.click(screen.getByRole("button", { name: "No, I heard nothing" }));
  expect(row("Speakers").dataset.state).toBe("failed");
  expect(document.activeElement).toBe(tone);
  expect(screen.queryByRole("button", { name: "Yes, I heard it" })).toBeNull();
});

test("the report is copied", async () => {
  const { user } = open();
  const writeText = vi.fn(() => Promise.resolve());
  Object.defineProperty(navigator, "clipboard", { value: { writeText }, configurable: true });
  await user.click(screen.getByTestId("check-run"));
  await done();
  await user.click(screen.getByRole("button", { name: "Copy report" }));
  expect(writeText).toHaveBeenCalledWith(expect.stringContaining("- Relay: Works."));
});

test("leads back to where one came from, with the invite in hand", () => {
  const { unmount } = open("?invite=abc%2F1");
  expect(screen.getByRole("link", { name: "Back to your invite" }).getAttribute("href")).toBe("/join/abc%2F1");
  expect(invites).toEqual(["abc/1"]);
  unmount();
  open("?session=s-1");
  expect(screen.getByRole("link", { name: "Back to the session" }).getAttribute("href")).toBe("/session/s-1");
});

test("leaving the page gives the devices back", async () => {
  const { user, unmount } = open();
  await user.click(screen.getByTestId("check-run"));
  await done();
  unmount();
  expect([tools.camera.readyState, tools.microphone.readyState]).toEqual(["ended", "ended"]);
});
