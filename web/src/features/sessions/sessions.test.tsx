import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";

import { fakeServer, refusal } from "@/lib/testing/fake-server";
import { renderPage } from "@/lib/testing/render-page";
import { config, grace, session } from "@/lib/testing/samples";
import { Toaster } from "@/ui/toast";

import { CreateSessionDialog } from "./create-session-dialog";
import { JoinButton } from "./join-button";
import { isFull, isIn, othersIn, seatsTaken } from "./model";

const twoSum = { slug: "two-sum", title: "Two Sum", difficulty: "easy" as const, tags: ["array"] };
const editDistance = { slug: "edit-distance", title: "Edit Distance", difficulty: "hard" as const, tags: [] };
const common = { "GET /api/config": config, "GET /api/problems": { problems: [twoSum, editDistance] } };

test("observers take no seat", () => {
  const watched = session({ participants: [{ ...grace, role: "observer" }] });
  expect(seatsTaken(watched)).toBe(1);
  expect(isFull(watched)).toBe(false);
  expect(isFull(session({ participants: [grace] }))).toBe(true);
});

test("who is in a session, and who else", () => {
  const both = session({ participants: [grace] });
  expect([isIn(both, "u-ada"), isIn(both, "u-grace"), isIn(both, "u-else")]).toEqual([true, true, false]);
  expect(othersIn(both, "u-grace").map((person) => person.name)).toEqual(["Ada Lovelace"]);
});

test("a session is created as chosen and entered", async () => {
  const asked = fakeServer({ ...common, "POST /api/sessions": { session: session({ id: "new" }) } });
  const { user } = renderPage(<CreateSessionDialog open onClose={() => undefined} problem={twoSum} />);
  await user.click(screen.getByRole("radio", { name: /Private/ }));
  await user.click(await screen.findByRole("radio", { name: "3 seats" }));
  await user.click(screen.getByRole("button", { name: "Create session" }));
  expect(await screen.findByText("at /session/new")).toBeTruthy();
  expect(asked.find((one) => one.method === "POST")?.body).toEqual({
    problem: "two-sum",
    lobby: true,
    prepare: false,
    aiPolicy: "unset",
    aiNote: "",
    difficulty: "easy",
    visibility: "private",
    capacity: 3,
  });
});

test("without a problem of the page one is chosen from the bank", async () => {
  const asked = fakeServer({ ...common, "POST /api/sessions": { session: session() } });
  const { user } = renderPage(<CreateSessionDialog open onClose={() => undefined} />);
  await user.selectOptions(await screen.findByLabelText("Problem"), "Edit Distance");
  await user.click(screen.getByRole("button", { name: "Create session" }));
  await waitFor(() => expect(asked.find((one) => one.method === "POST")?.body).toMatchObject({ problem: "edit-distance", difficulty: "hard" }));
});

test("Enter twice makes one session", async () => {
  const asked = fakeServer({ ...common, "POST /api/sessions": { session: session({ id: "new" }) } });
  renderPage(<CreateSessionDialog open onClose={() => undefined} problem={twoSum} />);
  const form = screen.getByRole("dialog").querySelector("form")!;
  fireEvent.submit(form);
  fireEvent.submit(form);
  expect(await screen.findByText("at /session/new")).toBeTruthy();
  expect(asked.filter((one) => one.method === "POST")).toHaveLength(1);
});

test("a refusal is said in the dialog, which stays, and one can try again", async () => {
  let answer: unknown = refusal(429, "too_many", "Too many sessions at once.");
  fakeServer({ ...common, "POST /api/sessions": () => answer });
  const { user } = renderPage(<CreateSessionDialog open onClose={() => undefined} problem={twoSum} />);
  await user.click(screen.getByRole("button", { name: "Create session" }));
  expect(await screen.findByText("Too many sessions at once.")).toBeTruthy();
  answer = { session: session({ id: "new" }) };
  await user.click(screen.getByRole("button", { name: "Create session" }));
  expect(await screen.findByText("at /session/new")).toBeTruthy();
});

test("joining takes a seat and goes in", async () => {
  fakeServer({ "POST /api/sessions/s-1/join": { session: session() } });
  const { user } = renderPage(<JoinButton session={session()} />);
  await user.click(screen.getByRole("button", { name: "Join" }));
  expect(await screen.findByText("at /session/s-1")).toBeTruthy();
});

test("the last seat that somebody else took in between", async () => {
  fakeServer({ "POST /api/sessions/s-1/join": refusal(409, "session_full", "Every seat is taken.") });
  const { user } = renderPage(
    <>
      <JoinButton session={session()} />
      <Toaster />
    </>,
  );
  await user.click(screen.getByRole("button", { name: "Join" }));
  expect(await screen.findByText("Every seat is taken.")).toBeTruthy();
  expect(screen.getByText("Full")).toBeTruthy();
});
