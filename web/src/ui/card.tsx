import type { ReactNode } from "react";

import { classes } from "@/lib/classes";

interface Props {
  children: ReactNode;
  className?: string;
}

export function Card({ children, className }: Props) {
  return <div className={classes("rounded-box border border-base-300 bg-base-100", className)}>{children}</div>;
}
