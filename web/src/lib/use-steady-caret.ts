import { type RefObject, useLayoutEffect, useRef } from "react";

import { difference, moved } from "./text-edits";

/**
 * Somebody else may write in the same text: the caret stays between the characters that it was between. (The browser
 * puts it at the end when the text is changed from outside.) Call what it gives whenever the reader types or selects.
 */
export function useSteadyCaret(area: RefObject<HTMLTextAreaElement | null>, value: string) {
  const last = useRef({ value, start: 0, end: 0 });
  const note = () => {
    const shown = area.current;
    if (shown) last.current = { value: shown.value, start: shown.selectionStart, end: shown.selectionEnd };
  };
  useLayoutEffect(() => {
    const { value: before, start, end } = last.current;
    const edit = difference(before, value);
    if (!edit || !area.current) return;
    if (document.activeElement === area.current) area.current.setSelectionRange(moved(start, [edit], "before"), moved(end, [edit], "before"));
    last.current = { value, start: area.current.selectionStart, end: area.current.selectionEnd };
  }, [area, value]);
  return note;
}
