import { type CSSProperties, type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from "react";

import { classes } from "@/lib/classes";
import { isNumber, recall, remember } from "@/lib/storage";

interface Props {
  /** Under which the size is remembered in this browser. */
  name: string;
  /** What the bar does, for assistive technology: "Width of the problem". */
  label: string;
  direction: "row" | "column";
  start: ReactNode;
  end: ReactNode;
  /** Percent of the whole that `start` has at first. */
  initial?: number;
  min?: number;
  max?: number;
  className?: string;
}

const STEP = 2;
const BIG_STEP = 10;

/** Two panes with a bar between them, moved by pointer or by arrow keys, Home, End; double click puts it back. */
export function SplitPane({ name, label, direction, start, end, initial = 50, min = 15, max = 85, className }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState(() => clamp(recall(`split:${name}`, isNumber) ?? initial, min, max));
  const row = direction === "row";

  const resize = (next: number) => {
    const clamped = clamp(next, min, max);
    setSize(clamped);
    remember(`split:${name}`, Math.round(clamped * 10) / 10);
  };
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !box.current) return;
    const area = box.current.getBoundingClientRect();
    resize(row ? ((event.clientX - area.left) / area.width) * 100 : ((event.clientY - area.top) / area.height) * 100);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? BIG_STEP : STEP;
    const moves: Partial<Record<string, number>> = {
      [row ? "ArrowLeft" : "ArrowUp"]: size - step,
      [row ? "ArrowRight" : "ArrowDown"]: size + step,
      Home: min,
      End: max,
    };
    const next = moves[event.key];
    if (next === undefined) return;
    event.preventDefault();
    resize(next);
  };

  return (
    <div ref={box} className={classes("split", row ? "split-row" : "split-column", className)} style={{ "--split": `${size}%` } as CSSProperties}>
      <div className="split-pane">{start}</div>
      {/* A focusable separator is a widget by ARIA; the linter knows only the static kind. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        role="separator"
        aria-label={label}
        aria-orientation={row ? "vertical" : "horizontal"}
        aria-valuenow={Math.round(size)}
        aria-valuemin={min}
        aria-valuemax={max}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="split-bar"
        onKeyDown={onKeyDown}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onDoubleClick={() => resize(initial)}
      />
      <div className="split-pane">{end}</div>
    </div>
  );
}

const clamp = (value: number, min: number, max: number) => Math.min(Math.max(value, min), max);
