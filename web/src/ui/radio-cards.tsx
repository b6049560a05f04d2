import { type ReactNode, useId } from "react";

import { classes } from "@/lib/classes";

interface Choice<T extends string | number> {
  value: T;
  label: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
}

interface Props<T extends string | number> {
  legend: ReactNode;
  choices: readonly Choice<T>[];
  value: T;
  onChange: (value: T) => void;
}

/** A few choices, all in sight. */
export function RadioCards<T extends string | number>({ legend, choices, value, onChange }: Props<T>) {
  const name = useId();
  const brief = choices.every((choice) => choice.hint === undefined);
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      <div className={classes("grid auto-cols-fr gap-2", brief ? "grid-flow-col" : "sm:grid-flow-col")}>
        {choices.map((choice) => (
          <label key={choice.value} className="radio-card">
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              disabled={choice.disabled}
              onChange={() => onChange(choice.value)}
              className="radio radio-primary radio-sm mt-0.5"
            />
            <span className="min-w-0">
              <span className="block font-medium">{choice.label}</span>
              {choice.hint && <span className="quiet block text-sm text-pretty">{choice.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
