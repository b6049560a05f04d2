import { useLingui } from "@lingui/react/macro";

import { classes } from "@/lib/classes";

import type { Difficulty } from "./api";
import { useDifficultyName } from "./use-difficulty-name";

const TONES: Record<Difficulty, string> = { easy: "text-success", medium: "text-warning", hard: "text-error" };
const BARS: Record<Difficulty, number> = { easy: 1, medium: 2, hard: 3 };

/** The word, its colour, and one to three bars: any one of them is enough. */
export function DifficultyBadge({ difficulty, className }: { difficulty: Difficulty; className?: string }) {
  const name = useDifficultyName();
  const { t } = useLingui();
  return (
    <span className={classes("inline-flex items-center gap-1.5 text-sm font-medium whitespace-nowrap", TONES[difficulty], className)}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden className="shrink-0">
        {[0, 1, 2].map((bar) => (
          <rect key={bar} x={bar * 4.4} y={7 - bar * 3} width="3" height={5 + bar * 3} rx="1" fill="currentColor" opacity={bar < BARS[difficulty] ? 1 : 0.25} />
        ))}
      </svg>
      <span className="sr-only">{t`Difficulty:`} </span>
      {name(difficulty)}
    </span>
  );
}
