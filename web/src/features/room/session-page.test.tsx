import { act, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { ME } from "@/lib/query-client";
import { fakeServer, refusal } from "@/lib/testing/fake-server";
import { renderPage } from "@/lib/testing/render-page";
import { ada, config, session } from "@/lib/testing/samples";

import { sessionKey } from "./api";
import SessionPage from "./session-page";

let entered = 0;
// The room itself needs Monaco and two sockets; here it only matters that it stays where it is.
vi.mock("./room-page", async () => {
  const { useEffect } = await import("react");
  return {
    RoomPage: () => {
      useEffect(() => {
        entered += 1;
      }, []);
      return <p>the room</p>;
    },
  };
});
vi.mock("@/features/execution/editor", () => ({ preloadEditor: () => Promise.resolve() }));

async function reloaded(replies: Record<string, unknown>) {
  entered = 0;
  sessionStorage.setItem("entered:s-1", "1");
  fakeServer({ "GET /api/config": config, "GET /api/auth/me": { user: ada }, "GET /api/sessions/s-1": { session: session() }, ...replies });
  const page = renderPage(<SessionPage />, { at: "/session/s-1", path: "/session/:id" });
  await screen.findByText("the room");
  return page;
}

test.each([
  ["the server is away", refusal(503, "unavailable", "Later.")],
  ["the session is hidden from somebody who was signed out", refusal(404, "not_found", "There is no such session.")],
  ["the sign-in has ended", refusal(401, "unauthenticated", "Sign in first.")],
])("the room stays when what is asked in the background fails: %s", async (_, no) => {
  const { queries } = await reloaded({});
  fakeServer({ "GET /api/auth/me": no, "GET /api/sessions/s-1": no });
  await act(() => queries.refetchQueries());
  // The page is told in a task of its own.
  await act(() => new Promise((resolve) => setTimeout(resolve, 0)));
  const failed = [sessionKey("s-1"), ME].map((queryKey) => queries.getQueryState(queryKey));
  expect(failed[0]?.error).toMatchObject({ status: no.status });
  expect(screen.getByText("the room")).toBeTruthy();
  expect(entered).toBe(1);
});

test("without an answer at all there is nothing to enter, and one can try again", async () => {
  fakeServer({ "GET /api/auth/me": { user: ada }, "GET /api/sessions/s-1": refusal(503, "unavailable", "Later.") });
  const { user } = renderPage(<SessionPage />, { at: "/session/s-1", path: "/session/:id" });
  const again = await screen.findByRole("button", { name: "Try again" });
  expect(screen.queryByText("the room")).toBeNull();
  sessionStorage.setItem("entered:s-1", "1");
  fakeServer({ "GET /api/auth/me": { user: ada }, "GET /api/sessions/s-1": { session: session() } });
  await user.click(again);
  await waitFor(() => expect(screen.getByText("the room")).toBeTruthy());
});
