import type { LucideIcon } from "lucide-react";
import { type ReactNode, useLayoutEffect, useRef } from "react";

import { classes } from "@/lib/classes";
import { Icon } from "@/ui/icon";

interface Entry {
  id: string;
  label: string;
  icon?: LucideIcon;
}

interface Props {
  label: string;
  entries: readonly Entry[];
  selected: string | null;
  onSelect: (id: string) => void;
  /** Behind the last one. */
  children?: ReactNode;
}

/** Places to go to, one beside the other. The one editor below stays where it is, so these are no tabs with panels. */
export function Strip({ label, entries, selected, onSelect, children }: Props) {
  const here = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => here.current?.scrollIntoView({ block: "nearest", inline: "nearest" }), [selected]);
  return (
    <nav aria-label={label} className="flex shrink-0 items-center border-b border-base-300">
      <ul className="tab-list min-w-0">
        {entries.map(({ id, label: name, icon }) => {
          const current = id === selected;
          return (
            <li key={id}>
              <button
                ref={current ? here : undefined}
                type="button"
                aria-current={current || undefined}
                className={classes("tab-item py-1.5", current && "text-base-content")}
                onClick={() => onSelect(id)}
              >
                {icon && <Icon of={icon} size={14} />}
                <span className="max-w-48 truncate">{name}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {children}
    </nav>
  );
}
