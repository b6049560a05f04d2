import type { LucideIcon } from "lucide-react";
import type { ComponentPropsWithRef, MouseEvent, ReactNode } from "react";
import { Link, type LinkProps } from "react-router";

import { classes } from "@/lib/classes";

import { Icon } from "./icon";
import { Spinner } from "./spinner";
import { Tooltip } from "./tooltip";

export type ButtonLook = "primary" | "plain" | "quiet" | "danger";
export type ButtonSize = "s" | "m" | "l";

const LOOKS: Record<ButtonLook, string> = {
  primary: "btn-primary",
  plain: "border-base-300 bg-base-100 hover:bg-base-200",
  quiet: "btn-ghost",
  danger: "btn-error",
};
const SIZES: Record<ButtonSize, string> = { s: "btn-sm", m: "", l: "btn-lg" };

const look = (look: ButtonLook, size: ButtonSize, className?: string) =>
  classes("btn font-medium", LOOKS[look], SIZES[size], className);

interface Common {
  look?: ButtonLook;
  size?: ButtonSize;
  icon?: LucideIcon;
}

type ButtonProps = Common & ComponentPropsWithRef<"button"> & { busy?: boolean };

/** While `busy` it keeps its width, its focus and its name, and does nothing when pressed, also by Enter in its form. */
export function Button({ look: as = "plain", size = "m", icon, busy = false, className, children, ...rest }: ButtonProps) {
  // It stays what submits the form: a form without such a button is sent by Enter all the same.
  const press = busy ? { onClick: (event: MouseEvent) => event.preventDefault() } : {};
  return (
    <button type="button" {...rest} {...press} aria-busy={busy || undefined} className={look(as, size, className)}>
      {busy ? <Spinner size={16} /> : icon && <Icon of={icon} />}
      {children}
    </button>
  );
}

type ButtonLinkProps = Common & LinkProps & { children: ReactNode };

/** Goes somewhere; looks like a button. */
export function ButtonLink({ look: as = "plain", size = "m", icon, className, children, ...rest }: ButtonLinkProps) {
  return (
    <Link {...rest} className={look(as, size, className)}>
      {icon && <Icon of={icon} />}
      {children}
    </Link>
  );
}

type IconButtonProps = Omit<ButtonProps, "icon" | "children"> & { icon: LucideIcon; label: string; pressed?: boolean };

/** A button with a picture only: `label` is its name and its tooltip. */
export function IconButton({ look: as = "quiet", size = "s", icon, label, busy = false, pressed, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        aria-pressed={pressed}
        aria-busy={busy || undefined}
        className={look(as, size, classes("btn-square", className))}
      >
        {busy ? <Spinner size={16} /> : <Icon of={icon} size={size === "s" ? 16 : 18} />}
      </button>
    </Tooltip>
  );
}
