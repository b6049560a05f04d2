import { Trans, useLingui } from "@lingui/react/macro";
import { ClipboardPaste, Flag, ListX, type LucideIcon, MessageSquare, NotebookPen, Play, SquareArrowOutUpRight, Users } from "lucide-react";
import { memo, useEffect, useRef } from "react";

import { classes } from "@/lib/classes";
import { Icon } from "@/ui/icon";
import { EmptyState } from "@/ui/states";

import { partition, stamp } from "./clock";
import { type Moment, MOMENT_KINDS, type MomentKind, type Track } from "./track";
import { nameOfKind, sayMoment } from "./words";

const ICONS: Record<MomentKind, LucideIcon> = {
  run: Play,
  message: MessageSquare,
  paste: ClipboardPaste,
  activity: SquareArrowOutUpRight,
  note: NotebookPen,
  people: Users,
  other: Flag,
};

interface Props {
  track: Track;
  /** Those of the chosen kind. */
  moments: readonly Moment[];
  kind: MomentKind | null;
  onKind: (kind: MomentKind | null) => void;
  /** How many of them are past. */
  past: number;
  onJump: (moment: Moment) => void;
}

/** All there is to jump to, as a list: also what the marks on the bar are to who does not see them. */
export const Moments = memo(function Moments({ track, moments, kind, onKind, past, onJump }: Props) {
  const { t } = useLingui();
  const kinds = MOMENT_KINDS.filter((one) => track.moments.some((moment) => moment.kind === one));
  return (
    <section aria-label={t`Moments`} className="flex h-full min-h-0 flex-col bg-base-100">
      <div role="group" aria-label={t`Which moments`} className="flex flex-wrap gap-1 border-b border-base-300 p-2">
        <Choice pressed={kind === null} onPress={() => onKind(null)}>
          <Trans>All</Trans>
        </Choice>
        {kinds.map((one) => (
          <Choice key={one} pressed={kind === one} onPress={() => onKind(one)}>
            {nameOfKind(one)} <span className="quiet tabular-nums">{track.moments.filter((moment) => moment.kind === one).length}</span>
          </Choice>
        ))}
      </div>
      {moments.length === 0 && <EmptyState icon={ListX} title={<Trans>Nothing to jump to</Trans>} />}
      <List {...{ track, moments, past, onJump }} />
    </section>
  );
});

function Choice({ pressed, onPress, children }: { pressed: boolean; onPress: () => void; children: React.ReactNode }) {
  return (
    <button type="button" aria-pressed={pressed} onClick={onPress} className={classes("btn btn-xs font-medium", pressed ? "btn-primary" : "btn-ghost")}>
      {children}
    </button>
  );
}

function List({ track, moments, past, onJump }: Pick<Props, "track" | "moments" | "past" | "onJump">) {
  const { t } = useLingui();
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const [box, item] = [list.current, list.current?.children[Math.max(past - 1, 0)]];
    if (!box || !(item instanceof HTMLElement)) return;
    const top = item.offsetTop - box.offsetTop;
    if (top < box.scrollTop || top + item.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = top - box.clientHeight / 2;
  }, [past]);
  return (
    <ol ref={list} aria-label={t`Moments, oldest first`} className="min-h-0 grow overflow-y-auto p-1 text-sm">
      {moments.map((moment, index) => (
        <li key={moment.key}>
          <button
            type="button"
            aria-current={index === past - 1 ? "step" : undefined}
            onClick={() => onJump(moment)}
            className={classes(
              "flex w-full cursor-pointer items-baseline gap-2 rounded-field px-2 py-1 text-start hover:bg-base-200",
              index === past - 1 && "bg-base-200 font-medium",
            )}
          >
            <span className="quiet w-12 shrink-0 text-xs tabular-nums">{stamp(moment.at)}</span>
            <Icon of={ICONS[moment.kind]} size={13} className="quiet shrink-0 self-center" />
            <span dir="auto" className="line-clamp-2 min-w-0 grow wrap-anywhere">
              {sayMoment(moment, track)}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

/** How many of these are past at `at`. */
export const pastOf = (moments: readonly Moment[], at: number): number => partition(moments, (one) => one.at <= at);
