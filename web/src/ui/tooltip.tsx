import { type FocusEvent, type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";

import { place } from "./place";

const DELAY_MS = 400;

interface Props {
  /** null: nothing to say for now. */
  text: ReactNode;
  children: ReactNode;
}

/**
 * Shows `text` beside what it wraps, on hover and on keyboard focus. It repeats the control's own label, which is why
 * assistive technology is not told again; never put anything into it that is said nowhere else.
 */
export function Tooltip({ text, children }: Props) {
  const anchor = useRef<HTMLSpanElement>(null);
  const bubble = useRef<HTMLSpanElement>(null);
  const timer = useRef(0);

  const show = () => {
    const element = bubble.current;
    const target = anchor.current?.firstElementChild;
    if (text === null || !element || !target || element.matches(":popover-open")) return;
    element.showPopover();
    place(element, target, "top", "center");
  };
  const hide = () => {
    window.clearTimeout(timer.current);
    if (bubble.current?.matches(":popover-open")) bubble.current.hidePopover();
  };
  useEffect(() => () => window.clearTimeout(timer.current), []);

  return (
    // It only listens to what happens to the control inside, and takes no part itself.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <span
      ref={anchor}
      className="contents"
      onPointerOver={(event) => {
        window.clearTimeout(timer.current);
        if (event.pointerType === "mouse") timer.current = window.setTimeout(show, DELAY_MS);
      }}
      onPointerOut={hide}
      onPointerDown={hide}
      onFocus={(event: FocusEvent<HTMLElement>) => event.target.matches(":focus-visible") && show()}
      onBlur={hide}
      onKeyDown={(event: KeyboardEvent) => event.key === "Escape" && hide()}
    >
      {children}
      <span ref={bubble} popover="manual" aria-hidden className="tip">
        {text}
      </span>
    </span>
  );
}
