import { Trans, useLingui } from "@lingui/react/macro";
import { Keyboard, Pause, Play, RotateCcw, RotateCw, SkipBack, SkipForward, StepBack, StepForward } from "lucide-react";
import { memo } from "react";

import { IconButton } from "@/ui/button";

import { type Clock, SPEEDS, stamp } from "./clock";
import type { Hands } from "./keys";
import type { Played } from "./player";
import type { Moment, MomentKind, Track } from "./track";

interface Props {
  track: Track;
  state: Played;
  hands: Hands;
  /** Those that the marks stand for, and the buttons jump to. */
  moments: readonly Moment[];
}

/** Play, pause, how fast, and the bar of time. */
export function Transport({ track, state, hands, moments }: Props) {
  const { t } = useLingui();
  const { player, jump, help } = hands;
  const { clock, at, playing } = state;
  return (
    <section aria-label={t`Playing`} className="shrink-0 border-t border-base-300 bg-base-100 px-3 pt-1 pb-2">
      <Marks clock={clock} moments={moments} />
      <input
        type="range"
        className="range block w-full range-primary range-xs"
        aria-label={t`Moment of the session`}
        aria-valuetext={t`${stamp(at)} of ${stamp(track.end)}`}
        min={0}
        max={Math.max(clock.length, 1)}
        step="any"
        value={clock.watched(at)}
        onChange={(event) => player.seek(clock.session(event.target.valueAsNumber))}
      />
      <div className="mt-1.5 flex flex-wrap items-center gap-1">
        <IconButton icon={SkipBack} label={t`Previous moment`} onClick={() => jump(-1, null)} />
        <span className="contents max-sm:hidden">
          <IconButton icon={RotateCcw} label={t`5 seconds back`} onClick={() => player.skip(-5000 * state.speed)} />
          <IconButton icon={StepBack} label={t`One change back`} onClick={() => player.step(-1)} />
        </span>
        <IconButton look="primary" size="m" icon={playing ? Pause : Play} label={playing ? t`Pause` : t`Play`} onClick={player.toggle} />
        <span className="contents max-sm:hidden">
          <IconButton icon={StepForward} label={t`One change forward`} onClick={() => player.step(1)} />
          <IconButton icon={RotateCw} label={t`5 seconds forward`} onClick={() => player.skip(5000 * state.speed)} />
        </span>
        <IconButton icon={SkipForward} label={t`Next moment`} onClick={() => jump(1, null)} />
        <span className="quiet mx-2 text-sm tabular-nums" data-testid="replay-time">
          {stamp(at)} / {stamp(track.end)}
        </span>
        <span className="flex grow items-center justify-end gap-1 max-sm:basis-full max-sm:justify-between">
          <Settings state={state} hands={hands} />
          <IconButton icon={Keyboard} label={t`Keys`} onClick={help} className="max-sm:hidden" />
        </span>
      </div>
    </section>
  );
}

function Settings({ state, hands: { player } }: Pick<Props, "state" | "hands">) {
  const { t } = useLingui();
  return (
    <>
      <label className="flex cursor-pointer items-center gap-1.5 px-1 text-sm">
        <input type="checkbox" className="checkbox checkbox-xs" checked={state.skipIdle} onChange={(event) => player.setSkipIdle(event.target.checked)} />
        <Trans>Skip idle time</Trans>
      </label>
      <select
        aria-label={t`Speed`}
        className="select w-auto select-sm"
        value={state.speed}
        onChange={(event) => player.setSpeed(Number(event.target.value))}
      >
        {SPEEDS.map((speed) => (
          <option key={speed} value={speed}>
            {speed}×
          </option>
        ))}
      </select>
    </>
  );
}

const COLORS: Record<MomentKind, string> = {
  run: "bg-success",
  message: "bg-info",
  paste: "bg-error",
  activity: "bg-error",
  note: "bg-accent",
  people: "bg-base-content/45",
  other: "bg-base-content/45",
};

/** Where something is to jump to. The list says the same in words. */
const Marks = memo(function Marks({ clock, moments }: { clock: Clock; moments: readonly Moment[] }) {
  return (
    // As far in as the middle of the bar's thumb at its ends.
    <div aria-hidden className="relative mx-2 mb-0.5 h-2.5">
      {moments.map((moment) => (
        <span
          key={moment.key}
          className={`absolute bottom-0 h-full w-0.5 -translate-x-1/2 rounded-full ${COLORS[moment.kind]}`}
          style={{ left: `${(100 * clock.watched(moment.at)) / Math.max(clock.length, 1)}%` }}
        />
      ))}
    </div>
  );
});
