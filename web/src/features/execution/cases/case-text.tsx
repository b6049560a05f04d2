import { type ReactNode, useLayoutEffect, useRef, useState } from "react";

import { difference, moved } from "@/lib/text-edits";
import { Field } from "@/ui/field";

interface Props {
  label: ReactNode;
  value: string;
  fault: string | undefined;
  hint?: ReactNode;
  /** Undefined: it is only to be read. */
  onWrite: ((text: string) => void) | undefined;
}

/** One text of a case. What is wrong with it is said when it has been left: half a value is always wrong. */
export function CaseText({ label, value, fault, hint, onWrite }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [writing, setWriting] = useState(false);
  const noteCaret = useCaret(area, value);
  return (
    <Field label={label} hint={hint} error={writing ? undefined : fault}>
      {(input) => (
        <textarea
          {...input}
          ref={area}
          value={value}
          rows={1}
          readOnly={!onWrite}
          onChange={(event) => {
            noteCaret(); // what one writes oneself is no change from outside
            setWriting(true);
            onWrite?.(event.target.value);
          }}
          onBlur={() => setWriting(false)}
          onSelect={noteCaret}
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          className="textarea field-sizing-content max-h-48 min-h-9 w-full px-2.5 py-1.5 font-mono text-[0.8125rem] leading-5 aria-invalid:border-error read-only:bg-base-200/60"
        />
      )}
    </Field>
  );
}

/**
 * Somebody else may write in the same text: the caret stays between the characters that it was between. (The browser
 * puts it at the end when the text is changed from outside.)
 */
function useCaret(area: React.RefObject<HTMLTextAreaElement | null>, value: string) {
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
