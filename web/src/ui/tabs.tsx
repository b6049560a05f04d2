import type { LucideIcon } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from "react";

import { classes } from "@/lib/classes";

import { Icon } from "./icon";

export interface Tab<Id extends string> {
  id: Id;
  label: ReactNode;
  icon?: LucideIcon;
  /** Beside the label, e.g. a count of unread messages; say in words what it means. */
  badge?: ReactNode;
}

interface TabListProps<Id extends string> {
  /** Ties the list to its panels; unique in the page. */
  name: string;
  label: string;
  tabs: readonly Tab<Id>[];
  selected: Id;
  onSelect: (id: Id) => void;
  className?: string;
  /** Tabs share the width (phones). */
  spread?: boolean;
}

const tabId = (name: string, id: string) => `${name}-tab-${id}`;
const panelId = (name: string, id: string) => `${name}-panel-${id}`;

/** ARIA tabs: arrow keys, Home and End move and select; Tab goes on to the panel. */
export function TabList<Id extends string>({ name, label, tabs, selected, onSelect, className, spread }: TabListProps<Id>) {
  const list = useRef<HTMLDivElement>(null);
  const selectedId = tabId(name, selected);
  useLayoutEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>(`#${CSS.escape(selectedId)}`);
    if (list.current && tab) keepInSight(list.current, tab);
  }, [selectedId]);

  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.id === selected);
    const steps: Partial<Record<string, number>> = {
      ArrowRight: (at + 1) % tabs.length,
      ArrowLeft: (at - 1 + tabs.length) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    };
    const next = tabs[steps[event.key] ?? -1];
    if (!next) return;
    event.preventDefault();
    onSelect(next.id);
    list.current?.querySelector<HTMLElement>(`#${CSS.escape(tabId(name, next.id))}`)?.focus();
  };

  return (
    <div ref={list} role="tablist" aria-label={label} className={classes("tab-list", className)}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          id={tabId(name, tab.id)}
          aria-selected={tab.id === selected}
          aria-controls={panelId(name, tab.id)}
          tabIndex={tab.id === selected ? 0 : -1}
          className={classes("tab-item", spread && "flex-1 justify-center")}
          onClick={() => onSelect(tab.id)}
          onKeyDown={onKeyDown}
        >
          {tab.icon && <Icon of={tab.icon} />}
          {tab.label}
          {tab.badge}
        </button>
      ))}
    </div>
  );
}

/** Where the tabs have no room the list scrolls; `scrollIntoView` would scroll the page along. */
export function keepInSight(list: HTMLElement, tab: HTMLElement): void {
  const [outer, inner] = [list.getBoundingClientRect(), tab.getBoundingClientRect()];
  if (inner.left < outer.left) list.scrollLeft -= outer.left - inner.left;
  else if (inner.right > outer.right) list.scrollLeft += inner.right - outer.right;
}

interface TabPanelProps {
  name: string;
  id: string;
  selected: string;
  children: ReactNode;
  /** Keep it alive while hidden: for what is costly to build or goes on by itself (editor, call). */
  keep?: boolean;
  className?: string;
}

export function TabPanel({ name, id, selected, children, keep = false, className }: TabPanelProps) {
  const shown = id === selected;
  return (
    <div role="tabpanel" id={panelId(name, id)} aria-labelledby={tabId(name, id)} hidden={!shown} className={classes("relative", shown && className)}>
      {(shown || keep) && children}
    </div>
  );
}
