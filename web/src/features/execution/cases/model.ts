/** Test cases of somebody's own while they are being written, and what is sent of them. */
import { t } from "@lingui/core/macro";

import type { Problem } from "@/features/problems/api";

import type { OwnCase } from "../model";
import { exampleOf, faultOf, parseType, type Type } from "./types";

/** What the cases of a problem depend on. */
export type CaseProblem = Pick<Problem, "signature" | "visibleTests">;

/** Texts by the name of their field. */
export type Texts = Readonly<Record<string, string>>;

export interface DraftCase {
  id: string;
  /** Who made it; empty when that goes without saying. */
  author: string;
  texts: Texts;
  /** Empty: it is only run. */
  expected: string;
}

/** Where cases are kept: in the room for everybody, or in this browser. */
export interface CaseBook {
  cases: readonly DraftCase[];
  canEdit: boolean;
  /** Everybody in the room has the same. */
  shared: boolean;
  /** Its id. */
  add: (texts: Texts, expected: string) => string;
  /** `field`: null for what is expected. */
  write: (id: string, field: string | null, text: string) => void;
  remove: (id: string) => void;
}

/** The server's bounds; undefined while they are not known: then it is the server who refuses. */
export interface CaseLimits {
  ownCasesMax: number;
  ownCaseTextMax: number;
}

export interface CaseField {
  name: string;
  /** Null: plain text. */
  type: Type | null;
}

/** The one field of a problem whose programs read standard input. */
export const STDIN = "stdin";

export const fieldsOf = ({ signature }: CaseProblem): readonly CaseField[] =>
  signature ? signature.parameters.map(({ name, type }) => ({ name, type: parseType(type) })) : [{ name: STDIN, type: null }];

/** What is expected has a type as well. */
export const expectedType = ({ signature }: CaseProblem): Type | null => (signature ? parseType(signature.returns) : null);

/** An input as tests are written, taken apart. */
export function textsOf(problem: CaseProblem, input: string): Texts {
  if (!problem.signature) return { [STDIN]: input };
  const lines = input.split("\n");
  return Object.fromEntries(problem.signature.parameters.map(({ name }, index) => [name, lines[index] ?? ""]));
}

/** What a new case begins with when there is none to copy. */
export const exampleTexts = (problem: CaseProblem): Texts =>
  Object.fromEntries(fieldsOf(problem).map(({ name, type }) => [name, type ? exampleOf(type) : ""]));

/** The input as tests are written: of a function one line of JSON for each parameter. */
export function inputOf(problem: CaseProblem, texts: Texts): string {
  if (problem.signature) return problem.signature.parameters.map(({ name }) => oneLine(texts[name] ?? "")).join("\n");
  const text = texts[STDIN] ?? "";
  // Programs that read by lines want the last one ended as well.
  return text && !text.endsWith("\n") ? `${text}\n` : text;
}

/** Line ends are nothing in JSON, and everything to who reads a value a line. */
const oneLine = (text: string): string => text.replaceAll(/\s*\n\s*/g, " ").trim();

/** Those that are run, as the server wants them: of more than it takes, the first ones. */
export const ownCases = (problem: CaseProblem, drafts: readonly DraftCase[], limits: CaseLimits | undefined): OwnCase[] =>
  drafts.slice(0, limits?.ownCasesMax).map(({ texts, expected }) => ({
    input: inputOf(problem, texts),
    expected: expected.trim() ? expected : null,
  }));

export interface Faults {
  /** By the name of the field. */
  fields: Partial<Record<string, string>>;
  expected: string | undefined;
}

/** What is wrong with a case, as sentences at its fields. */
export function faultsOf(problem: CaseProblem, draft: DraftCase): Faults {
  const fields: Faults["fields"] = {};
  for (const { name, type } of fieldsOf(problem)) {
    const fault = type && faultOf(type, draft.texts[name] ?? "");
    if (fault) fields[name] = fault;
  }
  const type = expectedType(problem);
  const expected = type && draft.expected.trim() ? faultOf(type, draft.expected) : null;
  return { fields, expected: expected ?? undefined };
}

/** The first case that could not be run, and why. */
export function firstFault(problem: CaseProblem, drafts: readonly DraftCase[]): { id: string; said: string } | null {
  for (const [index, draft] of drafts.entries()) {
    const { fields, expected } = faultsOf(problem, draft);
    const [field] = Object.entries(fields);
    const name = t`Own case ${index + 1}`;
    if (field) return { id: draft.id, said: `${name}, ${field[0]}: ${field[1] ?? ""}` };
    if (expected) return { id: draft.id, said: t`${name}, what is expected: ${expected}` };
  }
  return null;
}
