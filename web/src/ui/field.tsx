import { CircleAlert } from "lucide-react";
import { type ComponentPropsWithRef, type ReactNode, useId } from "react";

import { classes } from "@/lib/classes";

import { Icon } from "./icon";

interface FieldProps {
  label: ReactNode;
  /** Said under the input, before anything went wrong. */
  hint?: ReactNode;
  error?: string | undefined;
  /** The label is for assistive technology only. */
  hideLabel?: boolean;
}

interface InputAttributes {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

/** Label, hint and error around one input, tied together for assistive technology. */
export function Field({ label, hint, error, hideLabel, children }: FieldProps & { children: (input: InputAttributes) => ReactNode }) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className={hideLabel ? "sr-only" : "text-sm font-medium"}>
        {label}
      </label>
      {children({ id, "aria-describedby": note ? `${id}-note` : undefined, "aria-invalid": error ? true : undefined })}
      {note !== undefined && (
        <p id={`${id}-note`} className={classes("text-sm first-letter:uppercase", error ? "text-error" : "quiet")}>
          {note}
        </p>
      )}
    </div>
  );
}

type TextInputProps = FieldProps & Omit<ComponentPropsWithRef<"input">, "id">;

export function TextInput({ label, hint, error, hideLabel, className, ...rest }: TextInputProps) {
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel ?? false}>
      {(input) => <input {...rest} {...input} className={classes("input w-full", error && "input-error", className)} />}
    </Field>
  );
}

type TextAreaProps = FieldProps & Omit<ComponentPropsWithRef<"textarea">, "id">;

export function TextArea({ label, hint, error, hideLabel, className, ...rest }: TextAreaProps) {
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel ?? false}>
      {(input) => <textarea {...rest} {...input} className={classes("textarea w-full", error && "textarea-error", className)} />}
    </Field>
  );
}

type SelectProps = FieldProps & Omit<ComponentPropsWithRef<"select">, "id">;

/** The browser's own list: works with keyboards, screen readers and phones as people know it. */
export function Select({ label, hint, error, hideLabel, className, ...rest }: SelectProps) {
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel ?? false}>
      {(input) => <select {...rest} {...input} className={classes("select w-full", className)} />}
    </Field>
  );
}

/** What is wrong with a form as a whole. Read out when it appears. */
export function FormError({ message }: { message: string | undefined }) {
  return (
    <div role="alert" className="contents">
      {message && (
        <p className="flex items-start gap-2 rounded-field bg-error/10 px-3 py-2 text-sm text-error">
          <Icon of={CircleAlert} className="mt-0.5" />
          {message}
        </p>
      )}
    </div>
  );
}
