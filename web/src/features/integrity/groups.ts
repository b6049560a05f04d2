/** What was noted of candidates, as people read it: what belongs together is one line. */
import type { Activity } from "@/features/room/events/room-context";

/** The same again within this time is told as one. */
const TOGETHER_MS = 60_000;

interface OfAll {
  /** Number of its first entry. */
  key: number;
  personId: string;
  at: string;
  /** When the last of it was. */
  until: string;
  count: number;
}

export interface PasteGroup extends OfAll {
  kind: "paste";
  chars: number;
  lines: number;
  from: "outside" | "room";
  path: string;
  /** They had just come back to the tab. */
  afterReturn: boolean;
}

export interface AwayGroup extends OfAll {
  kind: "away";
  /** All together, of the times they came back from. */
  ms: number;
  /** They have not come back yet. */
  away: boolean;
}

export interface CopyGroup extends OfAll {
  kind: "copy";
  chars: number;
}

export type Group = PasteGroup | AwayGroup | CopyGroup;

const since = (at: string, before: string): number => Date.parse(at) - Date.parse(before);

/** Oldest first, as `entries` are. */
export function grouped(entries: readonly Activity[]): readonly Group[] {
  const groups: Group[] = [];
  for (const entry of entries) add(groups, entry);
  return groups;
}

function add(groups: Group[], { seq, personId, at, act }: Activity): void {
  const mine = (group: Group) => group.personId === personId;
  const near = (group: Group) => mine(group) && since(at, group.until) <= TOGETHER_MS;
  const begin = { key: seq, personId, at, until: at, count: 1 };
  if (act.kind === "copy") {
    const last = groups.findLast((group) => group.kind === "copy" && near(group)) as CopyGroup | undefined;
    if (last) Object.assign(last, { until: at, count: last.count + 1, chars: last.chars + act.chars });
    else groups.push({ ...begin, kind: "copy", chars: act.chars });
  } else if (act.kind === "paste") {
    const { chars, lines, from, path } = act;
    const same = (group: Group) => group.kind === "paste" && group.from === from && group.path === path && near(group);
    const last = groups.findLast(same) as PasteGroup | undefined;
    if (last) Object.assign(last, { until: at, count: last.count + 1, chars: last.chars + chars, lines: last.lines + lines });
    else groups.push({ ...begin, kind: "paste", chars, lines, from, path, afterReturn: groups.some((group) => group.kind === "away" && !group.away && near(group)) });
  } else {
    const last = groups.findLast((group) => group.kind === "away" && mine(group)) as AwayGroup | undefined;
    if (!act.away) {
      // It belongs to the time they left, however long ago. Without one there is nothing to come back from.
      if (last?.away) Object.assign(last, { until: at, ms: last.ms + act.ms, away: false });
    } else if (last && near(last)) Object.assign(last, { until: at, count: last.count + 1, away: true });
    else groups.push({ ...begin, kind: "away", ms: 0, away: true });
  }
}
