import { expect, test, vi } from "vitest";

import { isNumber, isString, recall, remember } from "./storage";

test("what was remembered is recalled", () => {
  remember("size", 42.5);
  expect(recall("size", isNumber)).toBe(42.5);
});

test("what another version wrote is not believed", () => {
  remember("size", "wide");
  expect(recall("size", isNumber)).toBeNull();
  localStorage.setItem("name", "{broken");
  expect(recall("name", isString)).toBeNull();
});

test("a browser that forbids storage forgets, and that is all", () => {
  const forbidden = () => {
    throw new DOMException("denied", "SecurityError");
  };
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(forbidden);
  vi.spyOn(Storage.prototype, "getItem").mockImplementation(forbidden);
  remember("size", 1);
  expect(recall("size", isNumber)).toBeNull();
});
