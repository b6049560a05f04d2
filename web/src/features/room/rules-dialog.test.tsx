import { act, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { Disclosure } from "@/features/integrity/disclosure";
import { fakeServer } from "@/lib/testing/fake-server";
import { renderPage } from "@/lib/testing/render-page";
import { ada, grace, session } from "@/lib/testing/samples";

import { type Activity, RoomProvider, type ServerEvent } from "./events/room-context";
import { RulesDialog } from "./rules-dialog";
import { FakeSocket } from "./testing/fake-socket";

type Role = "host" | "interviewer" | "candidate" | "observer";

const noted = (seq: number, seconds: number, what: Activity["act"]): Activity => ({
  seq,
  personId: grace.id,
  at: new Date(Date.UTC(2026, 10, 23, 12, 0, seconds)).toISOString(),
  act: what,
});
const PASTE: Activity["act"] = { kind: "paste", chars: 240, lines: 9, from: "outside", path: "solution.py" };

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

const RULES = <RulesDialog open onClose={() => undefined} />;

test("a candidate reads the rules in the room, word for word as before, and what was noted of them", () => {
  const { unmount } = renderPage(<Disclosure aiPolicy="ask" aiNote="Say it <b>aloud</b>." />);
  const before = ["ai-policy", "recorded"].map((id) => screen.getByTestId(id).textContent);
  unmount();
  open(RULES, "candidate", [noted(5, 150, PASTE)]);
  const dialog = within(screen.getByRole("dialog"));
  expect(["ai-policy", "recorded"].map((id) => dialog.getByTestId(id).textContent)).toEqual(before);
  expect(before.join()).toContain("Say it <b>aloud</b>.");
  expect(dialog.getByTestId("activity").textContent).toContain("pasted from elsewhere into solution.py (240 characters, 9 lines)");
});

test("others read them without a list of their own", () => {
  open(RULES, "observer");
  expect(screen.getByTestId("recorded").textContent).toContain("Nothing else is collected");
  expect(screen.queryByText("Recorded of you so far")).toBeNull();
});

test("who interviews changes the rule on AI tools; a candidate is not offered to", async () => {
  const asked = fakeServer({ "PATCH /api/sessions/s-1": { session: session() } });
  const { user, unmount } = open(RULES, "interviewer");
  await user.click(screen.getByRole("button", { name: "Change" }));
  await user.selectOptions(screen.getByRole("combobox", { name: "AI tools" }), "Only after asking");
  const note = screen.getByRole("textbox", { name: "In your own words (optional)" });
  await user.clear(note);
  await user.type(note, "Say it aloud.");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(asked.find(({ method }) => method === "PATCH")?.body).toEqual({ aiPolicy: "ask", aiNote: "Say it aloud." });
  unmount();
  open(RULES, "candidate");
  expect(screen.queryByRole("button", { name: "Change" })).toBeNull();
});
