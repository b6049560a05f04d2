import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";

import { type Tab, TabPanel } from "@/ui/tabs";

import type { SidePart } from "./parts";

/** The tabs of `parts`, for a `TabList` that shows `selected`. */
export function useSideTabs(parts: readonly SidePart[], selected: string): Tab<string>[] {
  const { t } = useLingui();
  return parts.map(({ id, label, icon, Badge }) => ({ id, label: t(label), icon, badge: Badge && <Badge shown={id === selected} /> }));
}

interface PanelsProps {
  /** As of the `TabList`. */
  name: string;
  parts: readonly SidePart[];
  selected: string;
}

export function SidePanels({ name, parts, selected }: PanelsProps): ReactNode {
  return parts.map(({ id, Panel }) => (
    <TabPanel key={id} name={name} id={id} selected={selected} className="min-h-0 grow">
      <div className="h-full bg-base-100">
        <Panel />
      </div>
    </TabPanel>
  ));
}
