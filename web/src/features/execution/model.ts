/** Runs as the server tells them, and what follows from them. */
import { t } from "@lingui/core/macro";

import type { Problem } from "@/features/problems/api";
import type { Schemas } from "@/lib/api/client";

export type Run = Schemas["RunView"];
export type RunMode = Schemas["Mode"];
export type TestResult = Schemas["TestResultView"];
export type Verdict = Schemas["Verdict"];
/** A case of somebody's own, written as the problem's visible tests are. */
export type OwnCase = Schemas["OwnCaseBody"];
export type Language = Schemas["LanguageView"];
export type { Stream } from "@/lib/api/room";

/** What a run needs to be told, besides where it takes place. */
export interface RunRequest {
  language: string;
  source: string;
  stdin: string;
  mode: RunMode;
  /** The input stays open after `stdin`. */
  interactive: boolean;
  /** Judged besides the problem's tests. */
  cases?: OwnCase[];
  /** Beside the source. */
  files?: Schemas["RunFileBody"][];
}

export interface RoomRunRequest extends RunRequest {
  /** Id of the pad whose problem it is about; empty is the first one. */
  pad: string;
}

export const isGood = (verdict: Verdict | null): boolean => verdict === "ok" || verdict === "accepted";

/**
 * Why a problem's tests cannot be run in a language, if so. A function is called by a driver, and there is one for each
 * language that has starter code; programs are run in any.
 */
export function whyNoTests({ signature, starters }: Pick<Problem, "signature" | "starters">, { id, name }: Language): string | undefined {
  if (signature === null || id in starters) return undefined;
  return t`This problem has no tests in ${name}, because nothing can call a function in it. Run works.`;
}
