import { useLingui } from "@lingui/react/macro";

import { classes } from "@/lib/classes";

interface SpinnerProps {
  size?: number;
  className?: string;
}

export function Spinner({ size = 20, className }: SpinnerProps) {
  return <span aria-hidden className={classes("loading loading-spinner", className)} style={{ width: size, height: size }} />;
}

/** For a page or panel whose shape is not known yet. It appears late, so that quick answers do not flash. */
export function Loading({ label }: { label?: string }) {
  const { t } = useLingui();
  return (
    <div role="status" className="appear-late grid h-full min-h-40 place-items-center">
      <Spinner />
      <span className="sr-only">{label ?? t`Loading`}</span>
    </div>
  );
}

/** Keeps the place of something to come. Give it the size of that. */
export function Skeleton({ className }: { className: string }) {
  return <div aria-hidden className={classes("skeleton rounded-field", className)} />;
}
