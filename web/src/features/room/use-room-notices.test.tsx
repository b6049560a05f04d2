import { act, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";

import { renderPage } from "@/lib/testing/render-page";
import { ada, grace, session } from "@/lib/testing/samples";
import { Toaster } from "@/ui/toast";

import { type Person, RoomProvider, type ServerEvent } from "./events/room-context";
import { FakeSocket } from "./testing/fake-socket";
import { useRoomNotices } from "./use-room-notices";

function Room() {
  useRoomNotices();
  return <Toaster />;
}

const say = (event: ServerEvent) => act(() => FakeSocket.last.say(JSON.stringify(event)));
const me = (role: Person["role"]) => ({ id: ada.id, name: ada.name, role, color: 0, connectionId: "c-me" });
const told = () => screen.queryAllByRole("status", { hidden: true }).map(({ textContent }) => textContent);

/** Ada's room. */
function open(role: Person["role"], toAdmit: string[] = []) {
  FakeSocket.install();
  renderPage(
    <RoomProvider sessionId="s-1" waiting={() => <p>connecting</p>}>
      <Room />
    </RoomProvider>,
  );
  act(() => FakeSocket.last.accept());
  say({
    type: "hello",
    me: me(role),
    people: [],
    state: { session: inside(toAdmit), messages: [], messagesBefore: null, runs: [], peers: [], recording: false, activity: [] },
    serverTime: "2026-11-23T12:00:00Z",
  });
}

const inside = (toAdmit: string[]) => session({ toAdmit, participants: [{ ...grace, role: "candidate" }] });

test("who is given another role is told so", async () => {
  open("candidate");
  expect(told()).toEqual([]);
  say({ type: "me", me: me("observer") });
  expect(told()).toEqual(["You are an observer now: you see everything and change nothing."]);
  say({ type: "me", me: me("interviewer") });
  expect(told()).toEqual(["You are an interviewer now."]);
  await userEvent.click(screen.getByRole("button", { name: "Put this notice away", hidden: true }));
});

test("that somebody waits is said until they are let in", () => {
  open("host", [grace.id]);
  expect(told()).toEqual([`${grace.name} waits to be let in.`]);
  say({ type: "session.changed", session: inside([]) });
  expect(told()).toEqual([]);
});
