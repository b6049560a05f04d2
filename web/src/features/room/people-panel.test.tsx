import { act, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { fakeServer, refusal } from "@/lib/testing/fake-server";
import { renderPage } from "@/lib/testing/render-page";
import { ada, config, grace, session } from "@/lib/testing/samples";

import { type Person, RoomProvider, type ServerEvent } from "./events/room-context";
import { FollowProvider } from "./follow";
import { PeoplePanel } from "./people-panel";
import { FakeSocket } from "./testing/fake-socket";
import { WaitingRoom } from "./waiting-room";

type Role = Person["role"];

const person = (id: string, role: Role, more: Partial<Person> = {}): Person => ({
  id,
  name: id,
  profileImage: null,
  role,
  color: 1,
  online: true,
  waiting: false,
  reading: false,
  ...more,
});

const say = (event: ServerEvent) => act(() => FakeSocket.last.say(JSON.stringify(event)));

/** The panel of Ada in this role. */
function panel(role: Role, people: Person[], toAdmit: string[] = []) {
  FakeSocket.install();
  const page = renderPage(
    <RoomProvider sessionId="s-1" waiting={({ waiting }) => (waiting ? <WaitingRoom waiting={waiting} /> : <p>connecting</p>)}>
      <FollowProvider>
        <PeoplePanel />
      </FollowProvider>
    </RoomProvider>,
  );
  act(() => FakeSocket.last.accept());
  say({
    type: "hello",
    me: { id: ada.id, name: ada.name, role, color: 0, connectionId: "c-me" },
    people: [person(ada.id, role), ...people],
    state: { session: session({ toAdmit }), messages: [], messagesBefore: null, runs: [], peers: [], recording: false, activity: [] },
    serverTime: "2026-11-23T12:00:00Z",
  });
  return page;
}

const offered = () => screen.getAllByRole("menuitem", { hidden: true }).map((item) => item.textContent);

test("who waits is let in by one press", async () => {
  const asked = fakeServer({ "GET /api/config": config, [`PATCH /api/sessions/s-1/members/${grace.id}`]: { session: session() } });
  const { user } = panel("interviewer", [person(grace.id, "candidate", { waiting: true })], [grace.id]);
  const waiting = within(screen.getByRole("region", { name: "Waiting to be let in" }));
  await user.click(waiting.getByRole("button", { name: `Let ${grace.id} in` }));
  expect(asked.find(({ method }) => method === "PATCH")?.body).toEqual({ admitted: true });
});

test("the host changes roles, hands over and shows anybody out", () => {
  fakeServer({ "GET /api/config": config });
  panel("host", [person("iris", "interviewer")]);
  expect(offered()).toEqual([
    "Follow in the code",
    "Change role to Candidate",
    "Change role to Observer",
    "Make host",
    "Send to the waiting room",
    "Remove from the session",
  ]);
});

test("an interviewer does to candidates and observers what is theirs, and nothing to those who interview", () => {
  fakeServer({ "GET /api/config": config });
  panel("interviewer", [person("hanna", "host"), person("iris", "interviewer"), person("oz", "observer")]);
  const follow = "Follow in the code";
  expect(offered()).toEqual([follow, follow, follow, "Send to the waiting room", "Remove from the session"]);
});

test("of a host who is not here an interviewer may take the place, if the server agrees", async () => {
  const asked = fakeServer({ "GET /api/config": config, "POST /api/sessions/s-1/host": refusal(403, "host_is_here", "They were here just now.") });
  const { user } = panel("interviewer", [person("hanna", "host", { online: false })]);
  expect(offered()).toEqual(["Become the host"]);
  await user.click(screen.getByText("Become the host"));
  await user.click(screen.getByRole("button", { name: "Become the host" }));
  expect(await screen.findByText("They were here just now.")).toBeTruthy();
  expect(asked.find(({ method }) => method === "POST")?.body).toEqual({ personId: ada.id });
});

test("a candidate sees everybody's role and who reads along, and may do nothing to them", () => {
  panel("candidate", [person("oz", "observer", { online: false, reading: true })]);
  expect(screen.queryByRole("menuitem", { hidden: true })).toBeNull();
  expect(screen.queryByRole("checkbox")).toBeNull();
  const row = screen.getByText("oz").closest("li");
  expect(row?.textContent).toContain("Observer, not here");
  expect(row?.textContent).toContain("Reads along");
});

test("a role is changed, and the lobby switched, at the server", async () => {
  const asked = fakeServer({
    "GET /api/config": config,
    "PATCH /api/sessions/s-1/members/ben": { session: session() },
    "PATCH /api/sessions/s-1": { session: session() },
  });
  const { user } = panel("host", [person("ben", "candidate")]);
  await user.click(screen.getByText("Change role to Observer"));
  await user.click(screen.getByRole("checkbox"));
  expect(asked.filter(({ method }) => method === "PATCH").map(({ body }) => body)).toEqual([{ role: "observer" }, { lobby: true }]);
});

test("who is sent back is told why, and the room is gone from the page", () => {
  panel("candidate", [person("oz", "observer")]);
  say({
    type: "waiting",
    me: { id: ada.id, name: ada.name, role: "candidate", color: 0, connectionId: "c-me" },
    hostName: "Hanna",
    reason: "lobby",
    aiPolicy: "unset",
    aiNote: "",
    serverTime: "2026-11-23T12:00:00Z",
  });
  expect(screen.getByRole("status").textContent).toContain("Hanna sees that you are here");
  expect(screen.queryByText("oz")).toBeNull();
});
