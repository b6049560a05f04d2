import type { KeyboardEvent } from "react";

/**
 * For `onKeyDownCapture` around an editor: Ctrl+Enter (⌘ on a Mac) runs, before the editor makes a new line of it, and with
 * Shift it stops. Ctrl+S would offer to save the page as a file; here everything is saved already.
 */
export function onRunShortcut(run: () => void, stop: () => void) {
  return (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.shiftKey && event.key !== "Enter") return;
    if (event.key !== "Enter" && event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key !== "Enter" || event.repeat) return;
    if (event.shiftKey) stop();
    else run();
  };
}
