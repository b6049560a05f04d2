import { Trans, useLingui } from "@lingui/react/macro";
import { useId } from "react";

import { classes } from "@/lib/classes";

import type { InputMode, RunInput } from "./use-run-input";

interface Props {
  input: RunInput;
  /** Of the function that Run calls, if it is one. */
  parameters: string | undefined;
  onFocus: () => void;
  onBlur: () => void;
}

/** Where the program's input comes from, and what it is when it is given before. */
export function InputTab({ input: { mode, setMode, text, setText }, parameters, onFocus, onBlur }: Props) {
  const { t } = useLingui();
  const name = useId();
  const choices: { value: InputMode; label: string }[] = [
    { value: "given", label: t`Given before` },
    { value: "typed", label: t`Typed while it runs` },
  ];
  return (
    <>
      <fieldset className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <legend className="sr-only">{t`Input of the program`}</legend>
        <div className="join">
          {choices.map(({ value, label }) => (
            <label
              key={value}
              className={classes(
                "btn join-item border-base-300 btn-xs font-medium has-focus-visible:outline-2 has-focus-visible:outline-primary",
                mode === value ? "bg-primary/12 text-primary" : "bg-base-100",
              )}
            >
              <input type="radio" name={name} value={value} checked={mode === value} onChange={() => setMode(value)} className="sr-only" />
              {label}
            </label>
          ))}
        </div>
        <p className="quiet text-xs">
          {parameters ? t`For Run: one line of JSON for each of ${parameters}. The tests bring their own.` : t`This is for Run. The tests bring their own.`}
        </p>
      </fieldset>
      {mode === "given" ? (
        <textarea
          value={text}
          onChange={(event) => setText(event.target.value)}
          onFocus={onFocus}
          onBlur={onBlur}
          spellCheck={false}
          aria-label={t`Standard input`}
          placeholder={t`With nothing here, a program that reads can be typed to.`}
          className="textarea min-h-0 w-full grow resize-none font-mono text-[0.8125rem] leading-5"
        />
      ) : (
        <p className="quiet py-2 text-sm text-pretty">
          <Trans>When the program reads, a line to type in appears below its output.</Trans>
        </p>
      )}
    </>
  );
}
