import { act, render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { fakeServer, refusal } from "@/lib/testing/fake-server";
import { ada, config } from "@/lib/testing/samples";

import { App } from "./app";
import { createRouter } from "./router";

const server = {
  "GET /api/problems/broken": { problem: {} },
  "GET /api/config": config,
  "GET /api/languages": { languages: [{ id: "python", name: "Python" }], unavailable: null },
  "GET /api/problems": { problems: [{ slug: "two-sum", title: "Two Sum", difficulty: "easy", tags: [] }] },
};

async function open(path: string, me: unknown = refusal(401, "unauthenticated", "Sign in first.")) {
  fakeServer({ ...server, "GET /api/auth/me": me });
  window.history.replaceState(null, "", path);
  const router = createRouter();
  render(<App router={router} />);
  await waitFor(() => expect(router.state.initialized).toBe(true));
  return router;
}

test("the start page promises only what this server has", async () => {
  await open("/");
  expect(await screen.findByRole("heading", { level: 1 })).toBeTruthy();
  expect(await screen.findByText(/^Python\. Output/)).toBeTruthy();
  expect(await screen.findByRole("link", { name: "Create an account" })).toBeTruthy();
});

test("going to another page moves the focus to its beginning and names it in the tab", async () => {
  await open("/", { user: ada });
  const link = await screen.findByRole("link", { name: "Problems" });
  await userEvent.click(link);
  expect(await screen.findByText("Two Sum")).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByRole("main"));
  await waitFor(() => expect(document.title).toBe("Problems · Interview Platform"));
  expect(link.getAttribute("aria-current")).toBe("page");
});

test("signing in from a page leads back to it", async () => {
  await open("/problems?tag=array");
  const link = await screen.findByRole("link", { name: "Sign in" });
  expect(link.getAttribute("href")).toBe("/sign-in?next=%2Fproblems%3Ftag%3Darray");
});

test("an address that is none says so", async () => {
  await open("/no/such/page");
  expect(await screen.findByRole("heading", { name: "There is no page here" })).toBeTruthy();
});

test("a lost network is said, and its return", async () => {
  await open("/problems");
  const online = (value: boolean) => {
    Object.defineProperty(navigator, "onLine", { value, configurable: true });
    window.dispatchEvent(new Event(value ? "online" : "offline"));
  };
  act(() => online(false));
  expect(screen.getByText(/No network/)).toBeTruthy();
  act(() => online(true));
  expect(screen.queryByText(/No network/)).toBeNull();
});

test("a page that breaks leaves the bar, and offers a reload", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  await open("/problem/broken");
  expect(await screen.findByRole("heading", { name: "This page broke" })).toBeTruthy();
  expect(screen.getByRole("button", { name: "Reload the page" })).toBeTruthy();
  expect(screen.getByRole("link", { name: "Problems" })).toBeTruthy();
});

test("a problem that there is not is a page that there is not", async () => {
  await open("/problem/unknown");
  expect(await screen.findByRole("heading", { name: "There is no page here" })).toBeTruthy();
});
