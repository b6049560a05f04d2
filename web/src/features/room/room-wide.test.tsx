import { act, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { useProblem } from "@/features/problems/api";
import { fakeServer } from "@/lib/testing/fake-server";
import { renderPage } from "@/lib/testing/render-page";
import { ada, config, grace, session, untouched } from "@/lib/testing/samples";

import { RoomProvider, type ServerEvent } from "./events/room-context";
import { RoomWide } from "./room-wide";
import { FakeSocket } from "./testing/fake-socket";

vi.mock("@/features/call/call-panel", () => ({ CallPanel: () => null }));
// What is of the document, of which there is none here.
vi.mock("./board/use-board-tab", () => ({ useBoardTab: () => ({ opened: false, badge: null }) }));
vi.mock("./pads/pad-strip", () => ({ PadStrip: () => null }));

function Wide() {
  return <RoomWide desk={null} runs={null} problem={useProblem("two-sum")} onGo={() => {}} />;
}

function say(event: ServerEvent): void {
  act(() => FakeSocket.last.say(JSON.stringify(event)));
}

test("with the chat beside the code the title counts what comes in while another tab of the browser is in front", () => {
  vi.spyOn(window, "matchMedia").mockReturnValue(Object.assign(new EventTarget(), { matches: true }) as MediaQueryList);
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  vi.stubGlobal("WebSocket", undefined);
  fakeServer({ "GET /api/config": config });
  FakeSocket.install();
  document.title = "Two Sum";
  renderPage(
    <RoomProvider sessionId="s-1" waiting={() => null}>
      <Wide />
    </RoomProvider>,
  );
  act(() => FakeSocket.last.accept());
  say({
    type: "hello",
    me: { id: ada.id, name: ada.name, role: "host", color: 0, connectionId: "c1" },
    people: [],
    state: { session: session(), messages: [], messagesBefore: null, runs: [], peers: [], recording: false, activity: [] },
    serverTime: "2026-11-23T12:00:00Z",
  });
  expect(screen.getByLabelText("Message")).toBeTruthy();
  say({ type: "chat.message", message: { id: "m1", seq: 1, personId: grace.id, name: grace.name, text: "hello?", createdAt: "2026-11-23T12:00:01Z", ...untouched } });
  expect(document.title).toBe("(1) Two Sum");
});
