import { act, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";

import { fakeServer } from "@/lib/testing/fake-server";
import { renderPage } from "@/lib/testing/render-page";
import { ada, config, grace, session } from "@/lib/testing/samples";

import { DocumentProvider } from "./doc/document-context";
import { RoomProvider, type ServerEvent } from "./events/room-context";
import { RoomEnd } from "./room-end";
import { FakeSocket } from "./testing/fake-socket";

const hosted = { host: grace, participants: [{ ...ada, role: "candidate" as const }], createdAt: "2026-11-23T12:00:00Z" };

/** Ada in Grace's room; returns the events socket. */
function live(): FakeSocket {
  FakeSocket.install();
  fakeServer({ "GET /api/config": config, "GET /api/auth/me": { user: ada } });
  renderPage(
    <RoomProvider sessionId="s-1" waiting={() => <p>connecting</p>}>
      <DocumentProvider>
        <RoomEnd onOut={() => undefined} />
      </DocumentProvider>
    </RoomProvider>,
  );
  const events = FakeSocket.last;
  const say = (event: ServerEvent) => events.say(JSON.stringify(event));
  act(() => {
    events.accept();
    say({
      type: "hello",
      me: { id: ada.id, name: ada.name, role: "candidate", color: 1, connectionId: "c-me" },
      people: [],
      // Something happened an hour in: that is not the end.
      state: { session: session({ ...hosted, updatedAt: "2026-11-23T13:00:00Z" }), messages: [], messagesBefore: null, runs: [], peers: [], recording: false, activity: [] },
      serverTime: "2026-11-23T13:00:00Z",
    });
  });
  return events;
}

test("who is there at the end is told how long it took", () => {
  const events = live();
  const ended = session({ ...hosted, status: "completed", endedAt: "2026-11-23T12:30:00Z" });
  act(() => events.say(JSON.stringify({ type: "session.ended", session: ended } satisfies ServerEvent)));
  expect(screen.getByRole("dialog").textContent).toContain("Grace Hopper ended it after 30 min.");
});

test("who missed the end is told no made-up length", () => {
  const events = live();
  act(() => events.end(4409));
  expect(screen.getByRole("dialog").textContent).toContain("Grace Hopper ended it. Thank you");
});

test("who types on at the end presses nothing by it", async () => {
  const events = live();
  const ended = session({ ...hosted, status: "completed", endedAt: "2026-11-23T12:30:00Z" });
  act(() => events.say(JSON.stringify({ type: "session.ended", session: ended } satisfies ServerEvent)));
  const dialog = screen.getByRole("dialog");
  await userEvent.keyboard("and so on{Enter} ");
  expect(screen.getByRole("dialog")).toBe(dialog);
  expect(dialog.contains(document.activeElement)).toBe(true);
  expect(document.activeElement?.closest("button")).toBeNull();
});

test("what was prepared before the start is not counted", () => {
  const events = live();
  const ended = session({ ...hosted, startedAt: "2026-11-23T12:20:00Z", status: "completed", endedAt: "2026-11-23T12:30:00Z" });
  act(() => events.say(JSON.stringify({ type: "session.ended", session: ended } satisfies ServerEvent)));
  expect(screen.getByRole("dialog").textContent).toContain("Grace Hopper ended it after 10 min.");
});
