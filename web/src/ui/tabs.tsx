import type { LucideIcon } from "lucide-react";
import { type KeyboardEvent, type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from "react";

import { classes } from "@/lib/classes";

import { Icon } from "./icon";
import { Tooltip } from "./tooltip";

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
  /** Where the labels have no room, only the selected tab shows its own; the others are their pictures. Every tab needs one. */
  folds?: boolean;
}

const tabId = (name: string, id: string) => `${name}-tab-${id}`;
const panelId = (name: string, id: string) => `${name}-panel-${id}`;

/** Whether the labels of all tabs are too much for the list; `tabs` in words, so that it is looked at again when they change. */
function useCrowded(list: RefObject<HTMLElement | null>, folds: boolean, tabs: string): boolean {
  const [crowded, setCrowded] = useState(false);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element || !folds || typeof ResizeObserver === "undefined") return;
    const look = () => {
      // Measured as if there were room, within one frame: nobody sees it.
      const was = element.classList.contains(FOLDED);
      element.classList.remove(FOLDED);
      setCrowded(element.scrollWidth > element.clientWidth);
      element.classList.toggle(FOLDED, was);
    };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    look();
    return () => observer.disconnect();
  }, [list, folds, tabs]);
  return crowded;
}

const FOLDED = "tabs-folded";

/** ARIA tabs: arrow keys, Home and End move and select; Tab goes on to the panel. */
export function TabList<Id extends string>({ name, label, tabs, selected, onSelect, className, spread, folds = false }: TabListProps<Id>) {
  const list = useRef<HTMLDivElement>(null);
  const crowded = useCrowded(list, folds, tabs.map(({ id }) => id).join());
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
    <div ref={list} role="tablist" aria-label={label} className={classes("tab-list", crowded && FOLDED, className)}>
      {tabs.map((tab) => (
        <Tooltip key={tab.id} text={crowded && tab.id !== selected ? tab.label : null}>
          <button
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
            {folds ? <span className="tab-label">{tab.label}</span> : tab.label}
            {tab.badge}
          </button>
        </Tooltip>
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
