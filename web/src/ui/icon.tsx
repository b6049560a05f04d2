import type { LucideIcon } from "lucide-react";

interface Props {
  of: LucideIcon;
  /** Pixels. */
  size?: number;
  className?: string;
}

/** A picture beside words: readers of the page by ear are told nothing of it. */
export function Icon({ of: Shape, size = 16, className }: Props) {
  return <Shape size={size} strokeWidth={1.9} aria-hidden focusable={false} className={`shrink-0 ${className ?? ""}`} />;
}
