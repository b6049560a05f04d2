import { useState } from "react";

import type { RunRequest } from "./model";
import { readsInput } from "./reads-input";

/** Where a program's input comes from: text that is there before the run, or somebody who types while it goes on. */
export type InputMode = "given" | "typed";

export interface RunInput {
  mode: InputMode;
  setMode: (mode: InputMode) => void;
  text: string;
  setText: (text: string) => void;
  /** For a run of `source`. Only a program that reads is kept waiting for what people type. */
  of: (source: string) => Pick<RunRequest, "stdin" | "interactive">;
}

/** Tests bring their own. */
export const NO_INPUT = { stdin: "", interactive: false };

/** `about`: what is tried, each with a text of its own. A program that reads is never left with nothing to read: without a text that is given, it is typed to. */
export function useRunInput(example: string, about = ""): RunInput {
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const [chosen, setMode] = useState<InputMode | null>(null);
  const text = texts[about] ?? example;
  const mode = chosen ?? (text ? "given" : "typed");
  const setText = (written: string) => setTexts((before) => ({ ...before, [about]: written }));
  const of = (source: string) =>
    mode === "given" && text ? { stdin: text, interactive: false } : { stdin: "", interactive: readsInput(source) };
  return { mode, setMode, text, setText, of };
}
