/** What was set otherwise in a session, in words. */
import { t } from "@lingui/core/macro";

import { duration } from "@/lib/format";

import { stamp } from "./clock";
import type { Moment } from "./track";

type Say = (name: string, value: unknown, time: number) => string | null;

/** By the names that the log has; null: the value is none that is known here. */
const SAY: Record<string, Say> = {
  locked: (name, value) => (value === true ? t`${name} locked the code for candidates` : t`${name} unlocked the code`),
  timer: sayTimer,
  quietUntil: sayQuiet,
  aiPolicy: sayPolicy,
  aiNote: (name, value) => (value === "" ? t`${name} removed the note on AI tools` : t`${name} wrote in the note on AI tools: ${String(value)}`),
  replayFor: (name, value) => (value === "everyone" ? t`${name} opened the replay to everybody who took part` : t`${name} kept the replay for the interviewers`),
  lobby: (name, value) => (value === true ? t`${name} turned the lobby on` : t`${name} turned the lobby off`),
  capacity: (name, value) => t`${name} set the number of seats to ${String(value)}`,
};

/** One sentence for each of what was changed at once. */
export function saySettings({ data, time }: Moment, name: string): string {
  const said = Object.entries(data).flatMap(([key, value]) => (Object.hasOwn(SAY, key) ? SAY[key]?.(name, value, time) : null) ?? []);
  return said.length ? said.join("; ") : t`${name} changed the settings of the session`;
}

function sayTimer(name: string, value: unknown, time: number): string {
  const { endsAt, remainingMs } = (value ?? {}) as { endsAt?: unknown; remainingMs?: unknown };
  if (typeof endsAt === "number") return t`${name} started the timer at ${rounded(endsAt - time)}`;
  return typeof remainingMs === "number" ? t`${name} held the timer at ${rounded(remainingMs)}` : t`${name} removed the timer`;
}

/** The server needs some milliseconds to write down what was asked for. */
const rounded = (ms: number): string => stamp(Math.max(0, Math.round(ms / 1000)) * 1000);

function sayQuiet(name: string, value: unknown, time: number): string {
  return typeof value === "number" ? t`${name} began quiet time for ${duration(value - time)}` : t`${name} ended the quiet time`;
}

function sayPolicy(name: string, value: unknown): string | null {
  if (value === "forbidden") return t`${name} forbade AI tools`;
  if (value === "ask") return t`${name} wants to be asked before AI tools are used`;
  if (value === "allowed") return t`${name} allowed AI tools`;
  return value === "unset" ? t`${name} left AI tools undecided` : null;
}
