import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { fakeServer, refusal } from "@/lib/testing/fake-server";
import { renderPage } from "@/lib/testing/render-page";
import { ada, config, grace, session } from "@/lib/testing/samples";

import DashboardPage from "./dashboard-page";

const NONE = { sessions: [], nextCursor: null };
const zeros = { active: 0, hosted: 0, taken: 0, completed: 0, people: 0, runs: 0, minutes: 0 };
const common = { "GET /api/config": config, "GET /api/auth/me": { user: ada }, "GET /api/problems": { problems: [] } };
const part = async (name: string) => (await screen.findByRole("heading", { name })).closest("section")!;

test("somebody new is told what will be here", async () => {
  fakeServer({ ...common, "GET /api/dashboard": zeros, "GET /api/sessions": NONE, "GET /api/sessions/my-sessions": NONE });
  renderPage(<DashboardPage />, { at: "/dashboard" });
  expect(await screen.findByText("You are in no session")).toBeTruthy();
  expect(screen.getByText("No open session of others")).toBeTruthy();
  expect(screen.getByText("No past session")).toBeTruthy();
});

test("numbers are the server's; sessions stand where they belong", async () => {
  const mine = session({ id: "mine", participants: [grace] });
  const theirs = session({ id: "theirs", problem: "Edit Distance", host: { ...grace } });
  const full = session({ id: "full", problem: "LRU Cache", host: { ...grace }, participants: [{ ...grace, id: "x", name: "Radia" }] });
  const past = session({ id: "past", problem: "Maze", status: "completed", endedAt: "2026-11-23T12:42:00Z" });
  fakeServer({
    ...common,
    "GET /api/dashboard": { ...zeros, hosted: 14, minutes: 65 },
    "GET /api/sessions": { sessions: [mine, theirs, full], nextCursor: null },
    "GET /api/sessions/my-sessions": ({ query }: { query: URLSearchParams }) => ({
      sessions: [query.get("status") === "active" ? mine : past],
      nextCursor: null,
    }),
  });
  renderPage(<DashboardPage />, { at: "/dashboard" });

  const now = within(await part("Your sessions now"));
  expect((await now.findByRole("link", { name: "Enter" })).getAttribute("href")).toBe("/session/mine");
  expect(now.getByText("Grace Hopper")).toBeTruthy();
  const open = within(await part("Open to join"));
  expect(open.queryByText("Two Sum")).toBeNull(); // my own is not for me to join
  expect(open.getByRole("button", { name: "Join" })).toBeTruthy();
  expect(open.getByText("Full")).toBeTruthy();
  const before = within(await part("Past sessions"));
  expect((await before.findByRole("link")).getAttribute("href")).toBe("/session/past");
  expect(before.getByText("42 min")).toBeTruthy();
  const numbers = screen.getByText("Time in interviews").closest("dl")!;
  expect(numbers.textContent).toContain("Hosted14");
  expect(numbers.textContent).toContain("1 h 5 min");
});

test("a longer list grows on demand", async () => {
  fakeServer({
    ...common,
    "GET /api/dashboard": zeros,
    "GET /api/sessions": NONE,
    "GET /api/sessions/my-sessions": ({ query }: { query: URLSearchParams }) => {
      if (query.get("status") === "active") return NONE;
      return query.get("cursor") === "c1"
        ? { sessions: [session({ id: "old", problem: "Old One", status: "completed" })], nextCursor: null }
        : { sessions: [session({ id: "new", problem: "New One", status: "completed" })], nextCursor: "c1" };
    },
  });
  const { user } = renderPage(<DashboardPage />, { at: "/dashboard" });
  await user.click(await screen.findByRole("button", { name: "Show more" }));
  expect(await screen.findByText("Old One")).toBeTruthy();
  expect(screen.getByText("New One")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
});

test("one part that fails leaves the others", async () => {
  fakeServer({
    ...common,
    "GET /api/dashboard": refusal(500, "internal", "The numbers broke."),
    "GET /api/sessions": NONE,
    "GET /api/sessions/my-sessions": NONE,
  });
  renderPage(<DashboardPage />, { at: "/dashboard" });
  expect(await screen.findByText("The numbers broke.")).toBeTruthy();
  expect(await screen.findByText("You are in no session")).toBeTruthy();
});
