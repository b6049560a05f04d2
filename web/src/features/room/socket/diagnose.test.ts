import { expect, test } from "vitest";

import { fakeServer, refusal } from "@/lib/testing/fake-server";
import { ada, grace, session } from "@/lib/testing/samples";

import { diagnose } from "./diagnose";

const signedIn = { "GET /api/auth/me": { user: ada } };
const signedOut = { "GET /api/auth/me": refusal(401, "unauthenticated", "Sign in first.") };
const found = (changes = {}) => ({ "GET /api/sessions/s-1": { session: session(changes) } });
const hidden = { "GET /api/sessions/s-1": refusal(404, "not_found", "There is no such session.") };

test.each([
  ["signed out, a session that everybody may look at", { ...signedOut, ...found() }, "unauthenticated"],
  ["signed out, a private session", { ...signedOut, ...hidden }, "unauthenticated"],
  ["no such session", { ...signedIn, ...hidden }, "not_found"],
  ["over", { ...signedIn, ...found({ status: "completed" }) }, "ended"],
  ["no longer in it", { ...signedIn, ...found({ host: grace }) }, "forbidden"],
])("%s", async (_, server, code) => {
  fakeServer(server);
  expect(await diagnose("s-1", ada.id)).toEqual({ code });
});

test.each([
  ["nothing against it", { ...signedIn, ...found() }],
  ["the server is starting", { "GET /api/auth/me": refusal(503, "unavailable", "Later."), "GET /api/sessions/s-1": refusal(503, "unavailable", "Later.") }],
])("%s: try again", async (_, server) => {
  fakeServer(server);
  expect(await diagnose("s-1", ada.id)).toBeNull();
});
