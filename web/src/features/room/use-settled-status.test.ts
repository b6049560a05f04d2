import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { useSettledState } from "./use-settled-status";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("good news are shown when they last, bad news at once", () => {
  const { result, rerender } = renderHook(({ state }) => useSettledState(state), { initialProps: { state: "saved" as "saved" | "saving" | "offline" } });
  expect(result.current).toBe("saved");
  rerender({ state: "saving" });
  expect(result.current).toBe("saving");
  rerender({ state: "saved" });
  act(() => void vi.advanceTimersByTime(300));
  expect(result.current).toBe("saving"); // the next key may come
  rerender({ state: "saving" });
  rerender({ state: "saved" });
  act(() => void vi.advanceTimersByTime(700));
  expect(result.current).toBe("saved");
  rerender({ state: "offline" });
  expect(result.current).toBe("offline");
});
