import { act, renderHook } from "@testing-library/react";
import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";

import { chooseTheme, theme, useTheme, useThemeChoice } from "./theme";

function systemIs(dark: boolean): EventTarget {
  const media = Object.assign(new EventTarget(), { matches: dark });
  vi.stubGlobal("matchMedia", () => media);
  return media;
}

test("without a choice it is as the system, also when that changes", () => {
  const media = systemIs(false);
  const { result } = renderHook(() => useTheme());
  expect(result.current).toBe("day");
  act(() => {
    Object.assign(media, { matches: true });
    media.dispatchEvent(new Event("change"));
  });
  expect(result.current).toBe("night");
  expect(document.documentElement.dataset.theme).toBe("night");
});

test("a choice holds against the system, and can be given back", () => {
  systemIs(true);
  const { result } = renderHook(() => [useTheme(), useThemeChoice()]);
  act(() => chooseTheme("day"));
  expect(result.current).toEqual(["day", "day"]);
  act(() => chooseTheme("system"));
  expect(result.current).toEqual(["night", "system"]);
});

test.each([
  [null, true, "night"],
  [null, false, "day"],
  ["day", true, "day"],
  ["night", false, "night"],
])("the script before the first paint says the same (kept %s, system dark %s)", (kept, dark, expected) => {
  systemIs(dark);
  if (kept) localStorage.setItem("theme", kept);
  delete document.documentElement.dataset.theme;
  window.eval(readFileSync("public/theme.js", "utf8"));
  expect(document.documentElement.dataset.theme).toBe(expected);
  expect(theme()).toBe(expected);
});
