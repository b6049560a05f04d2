import { Trans, useLingui } from "@lingui/react/macro";
import { Search } from "lucide-react";
import { useId } from "react";

import { Select } from "@/ui/field";
import { Icon } from "@/ui/icon";

import { DIFFICULTIES } from "./api";
import { type Filter, tagName } from "./filter";
import { useDifficultyName } from "./use-difficulty-name";

interface Props {
  filter: Filter;
  tags: readonly string[];
  onChange: (filter: Filter) => void;
}

export function ProblemFilter({ filter, tags, onChange }: Props) {
  const { t } = useLingui();
  const name = useDifficultyName();
  const group = useId();
  const levels = [
    { value: null, label: t`All` },
    ...DIFFICULTIES.map((difficulty) => ({ value: difficulty, label: name(difficulty) })),
  ];

  return (
    <div role="search" className="flex flex-wrap items-center gap-3">
      <label className="input w-full sm:w-64">
        <span className="sr-only">
          <Trans>Search by title or tag</Trans>
        </span>
        <Icon of={Search} className="quiet" />
        <input
          type="search"
          placeholder={t`Search`}
          value={filter.q}
          onChange={(event) => onChange({ ...filter, q: event.target.value })}
        />
      </label>
      <fieldset className="segments">
        <legend className="sr-only">
          <Trans>Difficulty</Trans>
        </legend>
        {levels.map(({ value, label }) => (
          <label key={label}>
            <input
              type="radio"
              name={group}
              checked={filter.difficulty === value}
              onChange={() => onChange({ ...filter, difficulty: value })}
            />
            {label}
          </label>
        ))}
      </fieldset>
      <div className="w-44">
        <Select label={<Trans>Tag</Trans>} hideLabel value={filter.tag ?? ""} onChange={(event) => onChange({ ...filter, tag: event.target.value || null })}>
          <option value="">{t`Any tag`}</option>
          {tags.map((tag) => (
            <option key={tag} value={tag}>
              {tagName(tag)}
            </option>
          ))}
        </Select>
      </div>
    </div>
  );
}
