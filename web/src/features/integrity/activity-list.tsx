import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ClipboardPaste, Copy, type LucideIcon, SquareArrowOutUpRight } from "lucide-react";

import type { Activity } from "@/features/room/events/room-context";
import { timeOfDay } from "@/lib/format";
import { Icon } from "@/ui/icon";

import { type AwayGroup, type CopyGroup, type Group, grouped, type PasteGroup } from "./groups";
import { useTimeWords } from "./use-time-words";

interface Props {
  entries: readonly Activity[];
  /** When the interview began. */
  startedAt: string;
  /** Who it was; missing: it is all the reader's own. */
  nameOf?: (id: string) => string;
}

const ICONS: Record<Group["kind"], LucideIcon> = { paste: ClipboardPaste, away: SquareArrowOutUpRight, copy: Copy };

/** The newest first. */
export function ActivityList({ entries, startedAt, nameOf }: Props) {
  const { t } = useLingui();
  const words = useTimeWords();
  return (
    <ol className="flex flex-col" data-testid="activity-list">
      {grouped(entries)
        .toReversed()
        .map((group) => {
          const into = words(Date.parse(group.at) - Date.parse(startedAt));
          return (
            <li key={group.key} data-testid="activity" data-kind={group.kind} className="flex gap-2.5 border-b border-base-300 py-2 last:border-b-0">
              <Icon of={ICONS[group.kind]} size={15} className="quiet mt-0.5 shrink-0" />
              <div className="min-w-0 grow">
                <p className="wrap-anywhere">
                  {nameOf && <span className="font-medium">{nameOf(group.personId)}: </span>}
                  <What group={group} />
                </p>
                <p className="quiet text-xs">
                  <time dateTime={group.at}>{timeOfDay(group.at)}</time>, {t`${into} after the start`}
                </p>
              </div>
            </li>
          );
        })}
    </ol>
  );
}

function What({ group }: { group: Group }) {
  if (group.kind === "paste") return <Pasted group={group} />;
  return group.kind === "away" ? <Away group={group} /> : <Copied group={group} />;
}

function Pasted({ group }: { group: PasteGroup }) {
  const { chars, lines, path, from, count, afterReturn } = group;
  return (
    <>
      {from === "outside" ? <Trans>pasted from elsewhere into</Trans> : <Trans>pasted from this room into</Trans>}{" "}
      <span className="font-mono text-xs">{path}</span> <Times count={count} />
      (<Plural value={chars} one="# character" other="# characters" />, <Plural value={lines} one="# line" other="# lines" />)
      {afterReturn && (
        <>
          , <Trans>just after coming back to the tab</Trans>
        </>
      )}
    </>
  );
}

function Away({ group }: { group: AwayGroup }) {
  const words = useTimeWords();
  const time = words(group.ms);
  return (
    <>
      <Trans>left the tab</Trans> <Times count={group.count} />
      {group.away ? <Trans>and is not back yet</Trans> : <Trans>for {time}</Trans>}
    </>
  );
}

function Copied({ group }: { group: CopyGroup }) {
  const { count, chars } = group;
  return (
    <>
      <Trans>copied from the statement</Trans> <Times count={count} />
      (<Plural value={chars} one="# character" other="# characters" />)
    </>
  );
}

function Times({ count }: { count: number }) {
  if (count === 1) return null;
  return (
    <>
      <Plural value={count} one="# time" other="# times" />{" "}
    </>
  );
}
