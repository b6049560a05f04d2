import type { LucideIcon } from "lucide-react";
import { type ReactNode, useLayoutEffect, useRef } from "react";

import { Icon } from "@/ui/icon";
import { keepInSight } from "@/ui/tabs";

export interface StripEntry {
  id: string;
  label: string;
  icon?: LucideIcon;
  badge?: ReactNode;
}

interface Props {
  label: string;
  entries: readonly StripEntry[];
  selected: string | null;
  onSelect: (id: string) => void;
}

/** Places to go to, one beside the other. The one editor below stays where it is, so these are no tabs with panels. */
export function Strip({ label, entries, selected, onSelect }: Props) {
  const here = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => {
    if (list.current && here.current) keepInSight(list.current, here.current);
  }, [selected]);
  return (
    <nav aria-label={label} className="flex shrink-0 items-center border-b border-base-300">
      <ul ref={list} className="tab-list min-w-0">
        {entries.map(({ id, label: name, icon, badge }) => {
          const current = id === selected;
          return (
            <li key={id}>
              <button
                ref={current ? here : undefined}
                type="button"
                aria-current={current || undefined}
                className="tab-item"
                onClick={() => onSelect(id)}
              >
                {icon && <Icon of={icon} />}
                <span className="max-w-48 truncate">{name}</span>
                {badge}
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
