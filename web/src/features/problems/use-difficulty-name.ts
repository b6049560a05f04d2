import { useLingui } from "@lingui/react/macro";

import type { Difficulty } from "./api";

export function useDifficultyName(): (difficulty: Difficulty) => string {
  const { t } = useLingui();
  return (difficulty) => ({ easy: t`Easy`, medium: t`Medium`, hard: t`Hard` })[difficulty];
}
