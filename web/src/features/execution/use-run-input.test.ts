import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";

import { useRunInput } from "./use-run-input";

const READS = "print(input())";
const DEAF = "print(42)";

test("an example is given; without a text, a program that reads is typed to", () => {
  const { result } = renderHook(() => useRunInput("1 2"));
  expect(result.current.mode).toBe("given");
  expect(result.current.of(READS)).toEqual({ stdin: "1 2", interactive: false });
  act(() => result.current.setText(""));
  expect(result.current.of(READS)).toEqual({ stdin: "", interactive: true });
  expect(result.current.of(DEAF)).toEqual({ stdin: "", interactive: false });
});

test("what was chosen stays, and the text is kept for later", () => {
  const { result } = renderHook(() => useRunInput("1 2"));
  act(() => result.current.setMode("typed"));
  expect(result.current.of(READS)).toEqual({ stdin: "", interactive: true });
  act(() => result.current.setMode("given"));
  expect(result.current.of(READS)).toEqual({ stdin: "1 2", interactive: false });
});
