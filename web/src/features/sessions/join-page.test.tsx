import { screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";

import { fakeServer, refusal, Status } from "@/lib/testing/fake-server";
import { renderPage } from "@/lib/testing/render-page";
import { ada, config, session } from "@/lib/testing/samples";

import JoinPage from "./join-page";

const PREVIEW = "GET /api/invites/abc";
const ACCEPT = "POST /api/invites/abc/accept";
const ME = "GET /api/auth/me";

const invite = { problem: "Two Sum", difficulty: "easy", hostName: "Hanna Host", role: "candidate", sessionId: null, aiPolicy: "unset", aiNote: "" };
const accepted = { session: session({ id: "s-9" }), role: "candidate" };
const signedOut = refusal(401, "unauthenticated", "Sign in first.");

function open(replies: Record<string, unknown>) {
  const asked = fakeServer({ "GET /api/config": config, [ME]: signedOut, [PREVIEW]: invite, [ACCEPT]: accepted, ...replies });
  return { asked, ...renderPage(<JoinPage />, { at: "/join/abc", path: "/join/:token" }) };
}
const accepts = (asked: { method: string; path: string; body: unknown }[]) => asked.filter(({ path }) => path.endsWith("/accept"));

beforeEach(() => {
  Reflect.deleteProperty(navigator, "mediaDevices"); // somebody without any device
});

test("says whose interview it is, on what, and as what one comes", async () => {
  open({});
  expect(await screen.findByRole("heading", { name: "Interview with Hanna Host" })).toBeTruthy();
  expect(screen.getByText("You join as the candidate.")).toBeTruthy();
  expect(screen.getByTestId("join-problem").textContent).toMatch(/Two Sum.*Easy/);
});

test("without an account a name is enough, and is remembered", async () => {
  const { asked, user, unmount } = open({});
  await user.type(await screen.findByLabelText("Your name"), " Carla ");
  await user.click(screen.getByTestId("join-without"));
  expect(await screen.findByText("at /session/s-9")).toBeTruthy();
  expect(accepts(asked).map(({ body }) => body)).toEqual([{ name: "Carla" }]);
  unmount();
  open({});
  expect((await screen.findByLabelText<HTMLInputElement>("Your name")).value).toBe("Carla");
});

test("without a name one does not get in, and is told so at the field", async () => {
  const { asked, user } = open({});
  await user.click(await screen.findByTestId("join-without"));
  expect(screen.getByText("Type your name first.")).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByLabelText("Your name"));
  expect(accepts(asked)).toEqual([]);
});

test("who is signed in comes in as themselves", async () => {
  const { asked, user } = open({ [ME]: { user: ada } });
  expect((await screen.findByTestId("join-as")).textContent).toBe("Ada Lovelace");
  expect(screen.queryByLabelText("Your name")).toBeNull();
  await user.click(screen.getByTestId("join-without"));
  expect(await screen.findByText("at /session/s-9")).toBeTruthy();
  expect(accepts(asked).map(({ body }) => body)).toEqual([{ name: null }]);
});

test("who is somebody else signs out and stays on the page", async () => {
  const replies: Record<string, unknown> = { [ME]: { user: ada }, "POST /api/auth/logout": new Status(204) };
  const { user } = open(replies);
  await user.click(await screen.findByRole("button", { name: "Not you?" }));
  expect(await screen.findByLabelText("Your name")).toBeTruthy();
});

const guest = { ...ada, name: "Carla", email: null, guest: true };
const posts = (asked: { method: string; path: string }[]) => asked.filter(({ method }) => method === "POST").map(({ path }) => path);

test("a guest who is somebody else is asked first, and gives up the seat, which nobody could free afterwards", async () => {
  const replies = {
    [ME]: { user: guest },
    [PREVIEW]: { ...invite, sessionId: "s-7" },
    "POST /api/sessions/s-7/leave": { session: session() },
    "POST /api/auth/logout": new Status(204),
  };
  const { asked, user } = open(replies);
  await user.click(await screen.findByRole("button", { name: "Not you?" }));
  expect(screen.getByRole("dialog").textContent).toMatch(/Nobody can come back as Carla.*seat in this session becomes free/);
  expect(posts(asked)).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Sign this guest out" }));
  expect(await screen.findByLabelText("Your name")).toBeTruthy();
  expect(posts(asked)).toEqual(["/api/sessions/s-7/leave", "/api/auth/logout"]);
});

test.each([
  ["is away, the guest stays", 503, ["/api/sessions/s-7/leave"]],
  ["knows of no seat, the guest goes", 400, ["/api/sessions/s-7/leave", "/api/auth/logout"]],
])("when the server %s", async (_, status, expected) => {
  const replies = {
    [ME]: { user: guest },
    [PREVIEW]: { ...invite, sessionId: "s-7" },
    "POST /api/sessions/s-7/leave": refusal(status, "no", "Not now."),
    "POST /api/auth/logout": new Status(204),
  };
  const { asked, user } = open(replies);
  await user.click(await screen.findByRole("button", { name: "Not you?" }));
  await user.click(screen.getByRole("button", { name: "Sign this guest out" }));
  expect(await (status === 503 ? screen.findByText("Not now.") : screen.findByLabelText("Your name"))).toBeTruthy();
  expect(posts(asked)).toEqual(expected);
});

test("who has an account signs in and comes back here", async () => {
  open({});
  const link = await screen.findByRole("link", { name: "Sign in" });
  expect(link.getAttribute("href")).toBe("/sign-in?next=%2Fjoin%2Fabc");
});

test("who is in already goes in without accepting again", async () => {
  const { asked, user } = open({ [ME]: { user: ada }, [PREVIEW]: { ...invite, sessionId: "s-7" } });
  await user.click(await screen.findByTestId("join-without"));
  expect(await screen.findByText("at /session/s-7")).toBeTruthy();
  expect(accepts(asked)).toEqual([]);
});

test.each([
  [404, "invite_not_found", /does not work/, /ask the host for a new one/],
  [400, "session_completed", /interview is over/, /past sessions/],
])("an invite that leads nowhere: %i %s", async (status, code, title, advice) => {
  open({ [PREVIEW]: refusal(status, code, "No.") });
  expect(await screen.findByRole("heading", { name: title })).toBeTruthy();
  expect(screen.getByRole("alert").textContent).toMatch(advice);
});

test.each([
  [409, "session_full", /session is full/],
  [403, "removed", /taken out of this session/],
])("the door closes in front of one: %i %s", async (status, code, title) => {
  const { user } = open({ [ACCEPT]: refusal(status, code, "No.") });
  await user.type(await screen.findByLabelText("Your name"), "Carla");
  await user.click(screen.getByTestId("join-without"));
  expect(await screen.findByRole("heading", { name: title })).toBeTruthy();
});

test("a full session can be tried again with the name kept", async () => {
  let answer: unknown = refusal(409, "session_full", "Full.");
  const { user } = open({ [ACCEPT]: () => answer });
  await user.type(await screen.findByLabelText("Your name"), "Carla");
  await user.click(screen.getByTestId("join-without"));
  answer = accepted;
  await user.click(await screen.findByRole("button", { name: "Try again" }));
  expect((await screen.findByLabelText<HTMLInputElement>("Your name")).value).toBe("Carla");
  await user.click(screen.getByTestId("join-without"));
  expect(await screen.findByText("at /session/s-9")).toBeTruthy();
});

test("a name the server does not take is said at the field", async () => {
  const { user } = open({ [ACCEPT]: refusal(422, "invalid_name", "This name cannot be used.", { name: "has no letters" }) });
  await user.type(await screen.findByLabelText("Your name"), "...");
  await user.click(screen.getByTestId("join-without"));
  await waitFor(() => expect(screen.getByText("has no letters")).toBeTruthy());
  expect(screen.getByText("This name cannot be used.")).toBeTruthy();
});

test("a server that cannot be reached is no bad invite", async () => {
  open({ [PREVIEW]: refusal(500, "internal", "Something broke.") });
  expect(await screen.findByRole("heading", { name: /could not be opened/ })).toBeTruthy();
  expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
});
