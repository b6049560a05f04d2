import { act, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { renderPage } from "@/lib/testing/render-page";
import { ada, grace, session } from "@/lib/testing/samples";

import { type Run, RoomProvider, type ServerEvent } from "./events/room-context";
import { RoomPhone } from "./room-phone";
import { FakeSocket } from "./testing/fake-socket";

vi.mock("@/features/call/call-panel", () => ({ CallPanel: () => null }));
// What is of the document, of which there is none here.
vi.mock("./board/use-board-tab", () => ({ useBoardTab: () => ({ opened: false, badge: null }) }));
vi.mock("./pads/pad-strip", () => ({ PadStrip: () => null }));

const runBy = (id: string, { id: personId, name }: { id: string; name: string }): Run => ({
  id,
  sessionId: "s-1",
  by: { id: personId, name },
  language: "python",
  mode: "run",
  status: "running",
  verdict: null,
  message: "",
  partial: false,
  compileOutput: "",
  stdout: "",
  stderr: "",
  typed: [],
  takesInput: false,
  queuePosition: null,
  diagnostics: "",
  truncated: false,
  exitCode: null,
  signal: null,
  compileMs: null,
  timeMs: null,
  memoryBytes: null,
  tests: [],
  passed: 0,
  total: 0,
  createdAt: "2026-11-23T12:00:00Z",
  finishedAt: null,
});

const say = (event: ServerEvent) => act(() => FakeSocket.last.say(JSON.stringify(event)));

/** Ada's phone, on the code. */
function phone(runs: Run[] = []) {
  FakeSocket.install();
  const page = renderPage(
    <RoomProvider sessionId="s-1" waiting={() => <p>connecting</p>}>
      <RoomPhone desk={<p>the desk</p>} runs={<p>the runs</p>} problem={{ data: undefined } as never} onGo={() => {}} />
    </RoomProvider>,
  );
  act(() => FakeSocket.last.accept());
  say({
    type: "hello",
    me: { id: ada.id, name: ada.name, role: "host", color: 0, connectionId: "c-me" },
    people: [],
    state: { session: session(), messages: [], messagesBefore: null, runs, peers: [], recording: false, activity: [] },
    serverTime: "2026-11-23T12:00:00Z",
  });
  return page;
}

const selected = () => screen.getByRole("tab", { selected: true }).textContent;
const told = () => screen.queryByText("new run") !== null;

test("one's own run leads to its output", () => {
  phone();
  expect(selected()).toBe("Code");
  say({ type: "run.started", run: runBy("r-1", ada) });
  expect(selected()).toBe("Run");
  expect(told()).toBe(false);
});

test("somebody else's does not take the code away under one's fingers; its tab says that there is one", async () => {
  const { user } = phone();
  say({ type: "run.started", run: runBy("r-1", grace) });
  expect(selected()).toBe("Code");
  expect(told()).toBe(true);
  await user.click(screen.getByRole("tab", { name: /^Run/ }));
  expect(told()).toBe(false);
  await user.click(screen.getByRole("tab", { name: /^Code/ }));
  say({ type: "run.finished", run: { ...runBy("r-1", grace), status: "finished" } });
  expect(told()).toBe(false);
  expect(selected()).toBe("Code");
});

test("what was run before one came in is no news", () => {
  phone([runBy("r-0", ada)]);
  expect(selected()).toBe("Code");
  expect(told()).toBe(false);
});

test("what has no tab is in a menu, and takes a tab when it is chosen", async () => {
  const { user } = phone();
  const names = () => screen.getAllByRole("tab").map(({ textContent }) => textContent);
  expect(names()).toEqual(["Problem", "Code", "Run", "Board", "Call", "Chat", "People"]);
  expect(screen.getAllByRole("menuitem", { hidden: true }).map(({ textContent }) => textContent)).toEqual(["Notes", "Guide", "Activity"]);
  await user.click(screen.getByRole("menuitem", { name: "Activity", hidden: true }));
  expect(selected()).toBe("Activity");
  expect(names()).toEqual(["Problem", "Code", "Run", "Board", "Call", "Chat", "Activity"]);
  await user.click(screen.getByRole("tab", { name: "Code" }));
  expect(names().at(-1)).toBe("Activity");
});
