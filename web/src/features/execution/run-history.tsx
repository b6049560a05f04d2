import { useLingui } from "@lingui/react/macro";
import { History } from "lucide-react";

import { timeOfDay } from "@/lib/format";
import { Icon } from "@/ui/icon";
import { Menu } from "@/ui/menu";

import type { Language, Run } from "./model";
import { RunBadge } from "./verdict";

const SHOWN = 12;

interface Props {
  runs: readonly Run[];
  languages: readonly Language[];
  selected: string | undefined;
  onSelect: (id: string) => void;
}

/** The runs before, to look at one again. */
export function RunHistory({ runs, languages, selected, onSelect }: Props) {
  const { t } = useLingui();
  const entries = runs.slice(0, SHOWN).map((run) => ({
    kind: "choice" as const,
    label: (
      <span className="flex items-center gap-2">
        <span className="quiet text-xs tabular-nums">{timeOfDay(run.createdAt)}</span>
        <span className="min-w-0 grow truncate">
          {run.by.name}, {languages.find(({ id }) => id === run.language)?.name ?? run.language}
        </span>
        <RunBadge run={run} />
      </span>
    ),
    checked: run.id === selected,
    onSelect: () => onSelect(run.id),
  }));
  return (
    <Menu label={t`Earlier runs`} entries={entries} side="top">
      {(button) => (
        <button {...button} disabled={runs.length < 2} aria-label={t`Earlier runs`} className="btn btn-square btn-ghost btn-sm">
          <Icon of={History} />
        </button>
      )}
    </Menu>
  );
}
