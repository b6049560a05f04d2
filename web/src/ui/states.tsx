import { Trans } from "@lingui/react/macro";
import { type LucideIcon, RotateCw, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

import { messageOf } from "@/lib/api/client";
import { classes } from "@/lib/classes";

import { Button } from "./button";
import { Icon } from "./icon";

interface EmptyProps {
  icon: LucideIcon;
  title: ReactNode;
  children?: ReactNode;
  /** What to do about it. */
  action?: ReactNode;
  className?: string;
}

/** Nothing here yet: says what would be here and how to get it. */
export function EmptyState({ icon, title, children, action, className }: EmptyProps) {
  return (
    <div className={classes("flex flex-col items-center gap-1 px-6 py-10 text-center", className)}>
      <Icon of={icon} size={22} className="quiet mb-2" />
      <p className="font-medium">{title}</p>
      {children && <p className="quiet max-w-sm text-sm text-pretty">{children}</p>}
      {action && <div className="mt-4">{action}</div>}
    </div>
  );
}

interface ErrorProps {
  error: unknown;
  onRetry?: () => void;
  className?: string;
}

/** Something could not be fetched: what the server said, and another try. */
export function ErrorState({ error, onRetry, className }: ErrorProps) {
  return (
    <div role="alert" className={classes("flex flex-col items-center gap-1 px-6 py-10 text-center", className)}>
      <Icon of={TriangleAlert} size={22} className="mb-2 text-error" />
      <p className="max-w-sm text-pretty">{messageOf(error)}</p>
      {onRetry && (
        <Button size="s" icon={RotateCw} className="mt-4" onClick={onRetry}>
          <Trans>Try again</Trans>
        </Button>
      )}
    </div>
  );
}
