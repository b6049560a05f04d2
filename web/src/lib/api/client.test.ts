import { expect, test, vi } from "vitest";

import { fakeServer, refusal, Status } from "../testing/fake-server";
import { answer, api, fieldError, messageOf, Refusal } from "./client";

const caught = (call: Promise<unknown>) => call.then(() => expect.unreachable(), (error: unknown) => error);

test("an answer is its data", async () => {
  fakeServer({ "GET /api/config": { version: "1" } });
  expect(await answer(api.GET("/api/config"))).toEqual({ version: "1" });
});

test("an empty answer is no failure", async () => {
  fakeServer({ "POST /api/auth/logout": new Status(204) });
  await expect(answer(api.POST("/api/auth/logout"))).resolves.toBeUndefined();
});

test("a refusal is thrown with code, message, status and fields", async () => {
  fakeServer({ "GET /api/config": refusal(409, "session_full", "Full.", { seat: "taken" }) });
  const error = await caught(answer(api.GET("/api/config")));
  expect(error).toBeInstanceOf(Refusal);
  expect(error).toMatchObject({ code: "session_full", message: "Full.", status: 409, fields: { seat: "taken" } });
  expect(messageOf(error)).toBe("Full.");
  expect(fieldError(error, "seat")).toBe("taken");
  expect(fieldError(error, "other")).toBeUndefined();
});

test("a server that cannot be reached is a refusal, too", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed")));
  expect(await caught(answer(api.GET("/api/config")))).toMatchObject({ code: "unreachable", status: 0 });
});

test("an answer that is not ours (a proxy's page) names its status", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("<html>", { status: 502 })));
  const error = await caught(answer(api.GET("/api/config")));
  expect(error).toMatchObject({ code: "internal", status: 502 });
  expect(messageOf(error)).toContain("502");
});

test("a request that was called off stays what it is", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new DOMException("off", "AbortError")));
  expect(await caught(answer(api.GET("/api/config")))).toBeInstanceOf(DOMException);
});

test("what is thrown by mistake is not shown to people", () => {
  expect(messageOf(new Error("x is undefined"))).not.toContain("undefined");
});
