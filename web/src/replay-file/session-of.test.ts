import { expect, test } from "vitest";

import { ada, session } from "@/lib/testing/samples";

import { BadFile, sessionOf } from "./session-of";

const HEAD = { format: "interview-platform.session", version: 1, record: { session: session({ host: { id: ada.id, name: ada.name, profileImage: "/api/x.webp" } }) } };
const EVENT = { seq: 1, at: 1, kind: "joined", personId: null, data: {} };

function page(...parts: unknown[]): ParentNode {
  const holder = document.createElement("div");
  for (const part of parts) {
    const element = document.createElement("script");
    element.type = "application/json";
    element.className = "session";
    element.textContent = typeof part === "string" ? part : JSON.stringify(part);
    holder.append(element);
  }
  return holder;
}

test("all pages of events are read, and no picture is asked for", () => {
  const read = sessionOf(page(HEAD, [EVENT, EVENT], [EVENT], { complete: true }));
  expect(read.events).toEqual([EVENT, EVENT, EVENT]);
  expect(read.session.host).toEqual({ id: ada.id, name: ada.name, profileImage: null });
});

test.each([
  ["nothing", [], "incomplete"],
  ["no end", [HEAD, [EVENT]], "incomplete"],
  ["half a page", [HEAD, '[{"seq":1,'], "incomplete"],
  ["a later version", [{ ...HEAD, version: 2 }, { complete: true }], "unknown"],
  ["something else", [{ ...HEAD, format: "x" }, { complete: true }], "unknown"],
] as const)("%s is refused with its reason", (_, parts, reason) => {
  expect(() => sessionOf(page(...parts))).toThrow(BadFile);
  try {
    sessionOf(page(...parts));
  } catch (error) {
    expect((error as BadFile).reason).toBe(reason);
  }
});
