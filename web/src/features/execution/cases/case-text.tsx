import { type ReactNode, useId, useRef, useState } from "react";

import { classes } from "@/lib/classes";
import { useSteadyCaret } from "@/lib/use-steady-caret";

interface Props {
  label: ReactNode;
  /** The label stands beside it where there is room: the panel is low. */
  beside: boolean;
  value: string;
  fault: string | undefined;
  hint?: ReactNode;
  /** Undefined: it is only to be read. */
  onWrite: ((text: string) => void) | undefined;
}

/** One text of a case. What is wrong with it is said when it has been left: half a value is always wrong. */
export function CaseText({ label, beside, value, fault, hint, onWrite }: Props) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [writing, setWriting] = useState(false);
  const noteCaret = useSteadyCaret(area, value);
  const error = writing ? undefined : fault;
  const note = error ?? hint;
  return (
    <div className={partOf(beside)}>
      <label htmlFor={id} className={LABEL}>
        {label}
      </label>
      <div className="min-w-0">
        <textarea
          id={id}
          ref={area}
          value={value}
          rows={1}
          readOnly={!onWrite}
          aria-invalid={error ? true : undefined}
          aria-describedby={note ? `${id}-note` : undefined}
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
          className="textarea field-sizing-content max-h-48 min-h-8.5 w-full resize-none px-2.5 py-1.5 font-mono text-[0.8125rem] leading-5 aria-invalid:border-error read-only:bg-base-200/60"
        />
        {note && (
          <p id={`${id}-note`} className={classes("mt-1 text-xs", error ? "text-error" : "quiet")}>
            {note}
          </p>
        )}
      </div>
    </div>
  );
}

/** The same places for a text that is only read. */
export const LABEL = "min-w-0 text-sm leading-5 font-medium wrap-anywhere @lg:pt-1.5";
export const partOf = (beside: boolean): string =>
  beside ? "grid gap-x-3 gap-y-1 @lg:grid-cols-[9rem_minmax(0,1fr)]" : "flex min-w-0 flex-col gap-1";
