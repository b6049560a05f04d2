import { useLingui } from "@lingui/react/macro";
import { Eye, EyeOff } from "lucide-react";
import { type ComponentPropsWithRef, type ReactNode, useState } from "react";

import { classes } from "@/lib/classes";

import { Field } from "./field";
import { Icon } from "./icon";

type Props = Omit<ComponentPropsWithRef<"input">, "id" | "type"> & {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
};

export function PasswordInput({ label, hint, error, ...rest }: Props) {
  const { t } = useLingui();
  const [shown, setShown] = useState(false);
  return (
    <Field label={label} hint={hint} error={error}>
      {(input) => (
        <div className={classes("input w-full pr-1", error && "input-error")}>
          <input {...rest} {...input} type={shown ? "text" : "password"} className="grow" />
          <button
            type="button"
            className="btn btn-square btn-ghost btn-sm"
            aria-label={t`Show password`}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
          >
            <Icon of={shown ? EyeOff : Eye} />
          </button>
        </div>
      )}
    </Field>
  );
}
