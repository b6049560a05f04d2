import { act, fireEvent, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";

import { type Activity, RoomProvider, type ServerEvent } from "@/features/room/events/room-context";
import { FakeSocket } from "@/features/room/testing/fake-socket";
import { noteCopied } from "@/lib/copied";
import { renderPage } from "@/lib/testing/render-page";
import { ada, grace, session } from "@/lib/testing/samples";

import { ActivityPanel } from "./activity-panel";
import { Disclosure, RECORDED } from "./disclosure";
import { useLeavingNoted, useNoteCopy, useNotePaste } from "./use-activity";

type Role = "host" | "interviewer" | "candidate" | "observer";

const noted = (seq: number, seconds: number, what: Activity["act"]): Activity => ({
  seq,
  personId: grace.id,
  at: new Date(Date.UTC(2026, 10, 23, 12, 0, seconds)).toISOString(),
  act: what,
});
const PASTE: Activity["act"] = { kind: "paste", chars: 240, lines: 9, from: "outside", path: "solution.py" };
const AWAY: Activity["act"] = { kind: "focus", away: true, ms: 0 };

function say(event: ServerEvent): void {
  act(() => FakeSocket.last.say(JSON.stringify(event)));
}

function open(inside: React.ReactNode, role: Role, activity: Activity[] = []) {
  FakeSocket.install();
  const page = renderPage(
    <RoomProvider sessionId="s-1" waiting={() => <p>connecting</p>}>
      {inside}
    </RoomProvider>,
  );
  act(() => FakeSocket.last.accept());
  const me = { id: role === "candidate" ? grace.id : ada.id, name: "Me", role, color: 0, connectionId: "c1" };
  const people = [{ id: grace.id, name: grace.name, profileImage: null, role: "candidate" as const, color: 1, online: true, waiting: false, reading: false }];
  say({
    type: "hello",
    me,
    people,
    state: { session: session({ aiPolicy: "ask", aiNote: "Say it <b>aloud</b>." }), messages: [], messagesBefore: null, runs: [], peers: [], recording: false, activity },
    serverTime: "2026-11-23T12:00:00Z",
  });
  return page;
}

const told = (): unknown[] =>
  FakeSocket.last.sent.map((frame) => JSON.parse(frame as string) as { type: string; act: unknown }).flatMap(({ type, act: one }) => (type === "activity" ? [one] : []));

function Room() {
  useLeavingNoted();
  const paste = useNotePaste();
  const copy = useNoteCopy();
  return (
    <>
      <button onClick={() => paste("def f():\n  return 1", "solution.py")}>paste</button>
      <p data-testid="statement" onCopy={copy}>
        Find two numbers.
      </p>
    </>
  );
}

function show(state: "visible" | "hidden"): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  fireEvent(document, new Event("visibilitychange"));
}

beforeEach(() => {
  vi.stubGlobal("WebSocket", undefined);
  vi.restoreAllMocks();
});

test("of a candidate the three things are told, and no word of what was pasted or copied", async () => {
  vi.spyOn(Date, "now").mockReturnValue(1_000);
  const { user } = open(<Room />, "candidate");
  show("hidden");
  vi.spyOn(Date, "now").mockReturnValue(62_000);
  show("visible");
  await user.click(screen.getByText("paste"));
  noteCopied("def f():\n\treturn 1");
  await user.click(screen.getByText("paste"));
  document.getSelection()!.selectAllChildren(screen.getByTestId("statement"));
  fireEvent.copy(screen.getByTestId("statement"));
  expect(told()).toEqual([
    { kind: "focus", away: true, ms: 0 },
    { kind: "focus", away: false, ms: 61_000 },
    { kind: "paste", chars: 19, lines: 2, from: "outside", path: "solution.py" },
    { kind: "paste", chars: 19, lines: 2, from: "room", path: "solution.py" },
    { kind: "copy", what: "statement", chars: 17 },
  ]);
});

test.each(["host", "interviewer", "observer"] as const)("of the %s nothing is told", async (role) => {
  const { user } = open(<Room />, role);
  show("hidden");
  show("visible");
  await user.click(screen.getByText("paste"));
  fireEvent.copy(screen.getByTestId("statement"));
  expect(told()).toEqual([]);
});

test("nor of a candidate once the session has ended", () => {
  open(<Room />, "candidate");
  say({ type: "session.ended", session: session({ status: "completed" }) });
  show("hidden");
  expect(told()).toEqual([]);
});

test("the staff see it with its context, newest first, as it comes", () => {
  open(<ActivityPanel />, "host", [noted(3, 60, AWAY)]);
  expect(screen.getByTestId("activity").textContent).toContain("Grace Hopper: left the tab and is not back yet");
  say({ type: "activity", entry: noted(4, 140, { kind: "focus", away: false, ms: 80_000 }) });
  say({ type: "activity", entry: noted(5, 150, PASTE) });
  say({ type: "activity", entry: noted(6, 160, { ...PASTE, chars: 1 }) });
  const [paste, away] = screen.getAllByTestId("activity").map(({ textContent }) => textContent);
  expect(away).toContain("left the tab for 1 min 20 s");
  expect(paste).toContain("pasted from elsewhere into solution.py 2 times (241 characters, 18 lines), just after coming back to the tab");
  expect(paste).toContain("2 min 30 s after the start");
});

test("an empty list says what will be in it", () => {
  open(<ActivityPanel />, "interviewer");
  expect(screen.getByText("Nothing noted yet")).toBeTruthy();
});

test.each([
  ["unset", /has not said/],
  ["forbidden", /not allowed/],
  ["ask", /Ask before/],
  ["allowed", /are allowed/],
] as const)("the policy %s in words", (policy, words) => {
  renderPage(<Disclosure aiPolicy={policy} aiNote="" />);
  expect(screen.getByTestId("ai-policy").textContent).toMatch(words);
  expect(screen.getAllByRole("listitem")).toHaveLength(RECORDED.length);
});
