import { Trans } from "@lingui/react/macro";

import { DIFFICULTIES, type ProblemHead } from "@/features/problems/api";
import { DifficultyBadge } from "@/features/problems/difficulty-badge";
import { useDifficultyName } from "@/features/problems/use-difficulty-name";
import { Select } from "@/ui/field";

interface Props {
  problems: readonly ProblemHead[];
  slug: string;
  onChange: (slug: string) => void;
}

export function ProblemSelect({ problems, slug, onChange }: Props) {
  const name = useDifficultyName();
  const chosen = problems.find((problem) => problem.slug === slug);
  return (
    <Select
      label={<Trans>Problem</Trans>}
      value={slug}
      onChange={(event) => onChange(event.target.value)}
      hint={chosen && <DifficultyBadge difficulty={chosen.difficulty} />}
    >
      {DIFFICULTIES.map((difficulty) => (
        <optgroup key={difficulty} label={name(difficulty)}>
          {problems
            .filter((problem) => problem.difficulty === difficulty)
            .map((problem) => (
              <option key={problem.slug} value={problem.slug}>
                {problem.title}
              </option>
            ))}
        </optgroup>
      ))}
    </Select>
  );
}
