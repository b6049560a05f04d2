/** What was noted of candidates, as moments: what belongs together is one, told with what was around it. */
import { plural, t } from "@lingui/core/macro";

import { type AwayGroup, type CopyGroup, type Group, grouped, type PasteGroup } from "@/features/integrity/groups";

import { fields, type LogEvent } from "./log-event";
import type { Moment, Track } from "./track";

type Entry = Parameters<typeof grouped>[0][number];

const number = (value: unknown): number => (typeof value === "number" ? value : 0);

/** Only the staff are sent such entries; for everybody else it is nothing. `events` have their time from `begin` on. */
export function activityMoments(events: readonly LogEvent[], begin: number): Moment[] {
  return grouped(events.flatMap((event) => entryOf(event, begin))).map((group) => {
    const time = Date.parse(group.at);
    return { key: `activity ${group.key}`, at: time - begin, kind: group.kind === "paste" ? "paste" : "activity", what: "activity", personId: group.personId, data: { group }, time };
  });
}

function entryOf({ seq, at, kind, personId, data }: LogEvent, begin: number): Entry[] {
  const known = { seq, at: new Date(begin + at).toISOString(), personId: personId ?? "" };
  const { chars, lines, from, path, away, ms } = fields(data);
  if (kind === "paste") {
    const file = typeof path === "string" ? path : "";
    return [{ ...known, act: { kind, chars: number(chars), lines: number(lines), from: from === "room" ? from : "outside", path: file } }];
  }
  if (kind === "copy") return [{ ...known, act: { kind, what: "statement", chars: number(chars) } }];
  if (kind === "focus") return [{ ...known, act: { kind, away: away !== false, ms: number(ms) } }];
  return [];
}

export function sayActivity({ personId, data }: Moment, track: Track): string {
  const group = data.group as Group;
  const name = track.nameOf(personId) ?? t`Somebody`;
  if (group.kind === "paste") return sayPaste(group, name, track.fileName(group.path));
  return group.kind === "away" ? sayAway(group, name) : sayCopy(group, name);
}

function sayPaste({ from, chars, lines, count, afterReturn }: PasteGroup, name: string, file: string): string {
  const size = `${sizeOf(chars)}, ${plural(lines, { one: "# line", other: "# lines" })}`;
  const what = from === "outside" ? t`${name} pasted from elsewhere into ${file}` : t`${name} pasted from this room into ${file}`;
  const told = `${what}${timesOf(count)} (${size})`;
  return afterReturn ? t`${told}, just after coming back to the tab` : told;
}

function sayAway({ count, away, ms }: AwayGroup, name: string): string {
  const left = `${t`${name} left the tab`}${timesOf(count)}`;
  const time = timeWords(ms);
  return away ? t`${left} and did not come back` : t`${left} for ${time}`;
}

const sayCopy = ({ count, chars }: CopyGroup, name: string): string =>
  `${t`${name} copied from the statement`}${timesOf(count)} (${sizeOf(chars)})`;

const sizeOf = (chars: number): string => plural(chars, { one: "# character", other: "# characters" });
const timesOf = (count: number): string => (count === 1 ? "" : ` ${plural(count, { one: "# time", other: "# times" })}`);

/** "12 s", "3 min 5 s": to the second, while that matters. */
function timeWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours > 0) return t`${hours} h ${minutes % 60} min`;
  return minutes > 0 ? t`${minutes} min ${seconds % 60} s` : t`${seconds} s`;
}
