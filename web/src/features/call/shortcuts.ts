/**
 * Keys for the call. Alt+Shift with these letters is free in Chrome, Firefox, Safari and Monaco; Ctrl+D and Ctrl+E, which
 * other calls use, belong to the editor and the browser.
 */

import { useEffect, useEffectEvent } from "react";

export type CallKey = "M" | "V" | "S";

const isMac = (): boolean => /Mac OS X|iPhone|iPad/.test(navigator.userAgent);

/** As people write it on their machine. */
export function keyName(key: CallKey): string {
  return isMac() ? `⌥⇧${key}` : `Alt+Shift+${key}`;
}

/** As assistive technology reads it. */
export const ariaKey = (key: CallKey): string => `Alt+Shift+${key}`;

export function useCallKeys(handlers: Record<CallKey, () => void>): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || event.repeat) return;
    // By place, not by letter: Alt makes other letters on a Mac.
    const key = event.code.replace("Key", "");
    if (key !== "M" && key !== "V" && key !== "S") return;
    event.preventDefault();
    event.stopPropagation();
    handlers[key]();
  });
  useEffect(() => {
    // Before the editor sees it.
    const listener = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", listener, { capture: true });
    return () => window.removeEventListener("keydown", listener, { capture: true });
  }, []);
}
