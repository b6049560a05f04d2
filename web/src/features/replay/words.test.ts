import { expect, test } from "vitest";

import { ada, BEGIN, grace, Scribe } from "./testing";
import { sayMoment } from "./words";

const FILE = { id: "f1", name: "<b>a.txt", mediaType: "application/octet-stream", size: 3, width: null, height: null };

/** What the moments of a log are in words. */
function said(write: (scribe: Scribe) => void): string[] {
  const scribe = new Scribe().seed();
  write(scribe);
  const track = scribe.track();
  return track.moments.map((moment) => sayMoment(moment, track));
}

const one = (kind: string, data: unknown, who: string | null = ada.id) => said((scribe) => scribe.log(kind, data, who))[0];

test.each([
  ["joined", { role: "host" }, "Ada Lovelace joined"],
  ["joined", { role: "interviewer" }, "Ada Lovelace joined as an interviewer"],
  ["joined", { role: "candidate" }, "Ada Lovelace joined as a candidate"],
  ["joined", { role: "observer" }, "Ada Lovelace joined as an observer"],
  ["joined", { role: "candidate", waiting: true }, "Ada Lovelace came and waited in the lobby"],
  ["left", {}, "Ada Lovelace left"],
  ["left", { by: grace.id }, "Grace Hopper removed Ada Lovelace from the session"],
  ["role", { role: "interviewer", by: grace.id }, "Grace Hopper made Ada Lovelace an interviewer"],
  ["role", { role: "candidate", by: grace.id }, "Grace Hopper made Ada Lovelace a candidate"],
  ["role", { role: "observer", by: null }, "Somebody made Ada Lovelace an observer"],
  ["role", { role: "of a later release", by: grace.id }, "Grace Hopper changed the role of Ada Lovelace"],
  ["host", { from: grace.id }, "Ada Lovelace became the host in place of Grace Hopper"],
  ["admitted", { by: grace.id }, "Grace Hopper let Ada Lovelace in"],
  ["admitted", {}, "Ada Lovelace was let in"],
  ["sent_back", { by: grace.id }, "Grace Hopper sent Ada Lovelace back to the lobby"],
  ["sent_back", {}, "Ada Lovelace was sent back to the lobby"],
  ["started", {}, "Ada Lovelace started the interview"],
  ["pad", { padId: "p", problem: "three-sum", title: "Three <b>Sum" }, "Ada Lovelace added the problem “Three <b>Sum”"],
  ["pad", { padId: "p", problem: "", title: "Sheet" }, "Ada Lovelace added the pad “Sheet”"],
  ["run.started", { runId: "r", language: "python" }, "Ada Lovelace ran the code (python)"],
  ["run.stopped", { runId: "r" }, "Ada Lovelace stopped the run"],
  ["chat.edited", { messageId: "m" }, "Ada Lovelace edited a message"],
  ["chat.deleted", { messageId: "m" }, "Ada Lovelace deleted a message"],
  ["recording.started", { recordingId: "x" }, "The recording of the call began"],
  ["recording.ended", { recordingId: "x" }, "The recording of the call ended"],
  ["ended", {}, "The session was ended"],
  ["settings", { locked: true }, "Ada Lovelace locked the code for candidates"],
  ["settings", { locked: false }, "Ada Lovelace unlocked the code"],
  ["settings", { timer: { endsAt: BEGIN + 45 * 60_000 - 7, remainingMs: 0 } }, "Ada Lovelace started the timer at 45:00"],
  ["settings", { timer: { endsAt: null, remainingMs: 90_000 } }, "Ada Lovelace held the timer at 1:30"],
  ["settings", { timer: null }, "Ada Lovelace removed the timer"],
  ["settings", { quietUntil: BEGIN + 5 * 60_000 }, "Ada Lovelace began quiet time for 5 min"],
  ["settings", { quietUntil: null }, "Ada Lovelace ended the quiet time"],
  ["settings", { aiPolicy: "forbidden" }, "Ada Lovelace forbade AI tools"],
  ["settings", { aiPolicy: "ask" }, "Ada Lovelace wants to be asked before AI tools are used"],
  ["settings", { aiPolicy: "allowed", aiNote: "No Copilot" }, "Ada Lovelace allowed AI tools; Ada Lovelace wrote in the note on AI tools: No Copilot"],
  ["settings", { aiPolicy: "unset", aiNote: "" }, "Ada Lovelace left AI tools undecided; Ada Lovelace removed the note on AI tools"],
  ["settings", { replayFor: "everyone" }, "Ada Lovelace opened the replay to everybody who took part"],
  ["settings", { replayFor: "staff" }, "Ada Lovelace kept the replay for the interviewers"],
  ["settings", { lobby: true, capacity: 3 }, "Ada Lovelace turned the lobby on; Ada Lovelace set the number of seats to 3"],
  ["settings", { lobby: false }, "Ada Lovelace turned the lobby off"],
  ["settings", { constructor: 1, ofALaterRelease: true }, "Ada Lovelace changed the settings of the session"],
])("%s %o", (kind, data, words) => {
  expect(one(kind, data)).toBe(words);
});

test("what nobody did, or somebody unknown", () => {
  expect(one("started", {}, null)).toBe("The interview was started");
  expect(one("joined", {}, "u-erased")).toBe("Somebody joined");
});

test("messages: with files, of files alone, deleted, gone", () => {
  const words = said((scribe) => {
    scribe.say("m1", "look", grace.id, { attachments: [FILE] });
    scribe.say("m2", "", grace.id, { attachments: [FILE, { ...FILE, id: "f2", name: "b.txt" }] });
    scribe.say("m3", "", grace.id, { deletedAt: "2026-11-23T12:00:05Z" });
    scribe.log("chat", { messageId: "m4", message: null });
  });
  const gone = "Grace Hopper wrote a message that was deleted later";
  expect(words).toEqual(["Grace Hopper: look (1 file)", "Grace Hopper sent <b>a.txt, b.txt", gone, gone]);
});

test("what was noted of a candidate is grouped, and told with what was around it", () => {
  const words = said((scribe) => {
    const note = (at: number, kind: string, data: unknown) => {
      scribe.at = at;
      scribe.log(kind, data);
    };
    scribe.pad("p1", "Three Sum", { "a.py": "" });
    note(1000, "focus", { away: true, ms: 0 });
    note(13_000, "focus", { away: false, ms: 12_000 });
    note(14_000, "paste", { chars: 100, lines: 1, from: "outside", path: "p1/a.py" });
    note(20_000, "paste", { chars: 20, lines: 2, from: "outside", path: "p1/a.py" });
    note(200_000, "paste", { chars: 1, lines: 1, from: "room", path: "solution.py" });
    note(210_000, "copy", { what: "statement", chars: 30 });
    note(215_000, "copy", { what: "statement", chars: 30 });
    note(300_000, "focus", { away: true, ms: 0 });
  });
  expect(words).toEqual([
    "Ada Lovelace added the pad “Three Sum”",
    "Grace Hopper left the tab for 12 s",
    "Grace Hopper pasted from elsewhere into Three Sum/a.py 2 times (120 characters, 3 lines), just after coming back to the tab",
    "Grace Hopper pasted from this room into solution.py (1 character, 1 line)",
    "Grace Hopper copied from the statement 2 times (60 characters)",
    "Grace Hopper left the tab and did not come back",
  ]);
});
