import { type ReactNode, useId } from "react";

interface Props {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
}

/** Something that is so or not, with a word about what it means. */
export function Check({ checked, onChange, children, hint, disabled = false }: Props) {
  const note = useId();
  return (
    <div className="flex items-start gap-2.5 text-sm">
      <label className="flex min-w-0 grow cursor-pointer items-start gap-2.5">
        <input
          type="checkbox"
          className="checkbox mt-0.5 checkbox-sm checkbox-primary"
          checked={checked}
          disabled={disabled}
          aria-describedby={hint === undefined ? undefined : note}
          onChange={(event) => onChange(event.target.checked)}
        />
        <span className="min-w-0">
          <span className="block font-medium">{children}</span>
          {hint !== undefined && (
            <span id={note} className="quiet block text-pretty">
              {hint}
            </span>
          )}
        </span>
      </label>
    </div>
  );
}
