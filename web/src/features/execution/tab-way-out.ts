import { type KeyboardEvent, useRef } from "react";

/** How long Escape opens the way for Tab; the light editor's own is as long. */
const OPEN_MS = 2_000;
const MODIFIERS = ["Shift", "Control", "Alt", "Meta"];

/**
 * For `onKeyDownCapture` around an editor in which Tab indents: Escape and then Tab (or Shift+Tab) leaves it, as in all that
 * can be edited here. The editor does not see that Tab, so the browser goes on to what comes next.
 */
export function useTabWayOut(): (event: KeyboardEvent) => void {
  const openUntil = useRef(0);
  return (event) => {
    if (MODIFIERS.includes(event.key)) return;
    if (event.key === "Tab" && performance.now() < openUntil.current) event.stopPropagation();
    openUntil.current = event.key === "Escape" ? performance.now() + OPEN_MS : 0;
  };
}
