import { useLingui } from "@lingui/react/macro";
import { ChevronDown } from "lucide-react";

import { Icon } from "@/ui/icon";
import { Menu } from "@/ui/menu";

import type { Language } from "./model";

interface Props {
  languages: readonly Language[];
  /** Id. */
  selected: string;
  onSelect: (id: string) => void;
  disabled?: boolean;
}

export function LanguagePicker({ languages, selected, onSelect, disabled = false }: Props) {
  const { t } = useLingui();
  const current = languages.find(({ id }) => id === selected);
  const entries = languages.map(({ id, name, version }) => ({
    kind: "choice" as const,
    label: (
      <>
        {name} <span className="quiet text-xs">{version}</span>
      </>
    ),
    checked: id === selected,
    onSelect: () => id !== selected && onSelect(id),
  }));
  return (
    <Menu label={t`Language`} entries={entries} align="start">
      {(button) => (
        <button {...button} disabled={disabled} className="btn btn-ghost btn-sm gap-1.5 px-2 font-medium">
          <span className="sr-only">{t`Language:`}</span>
          {current?.name ?? selected}
          <Icon of={ChevronDown} size={14} />
        </button>
      )}
    </Menu>
  );
}
