import { useLingui } from "@lingui/react/macro";
import { Monitor, Moon, Sun } from "lucide-react";

import { chooseTheme, type ThemeChoice, useTheme, useThemeChoice } from "@/lib/theme";

import { Icon } from "./icon";
import { Menu, type MenuEntry } from "./menu";

/** For a menu that has more in it, too. */
export function useThemeEntries(): MenuEntry[] {
  const { t } = useLingui();
  const choice = useThemeChoice();
  const entry = (value: ThemeChoice, label: string, icon: typeof Sun) => ({
    kind: "choice" as const,
    label,
    icon,
    checked: choice === value,
    onSelect: () => chooseTheme(value),
  });
  return [entry("day", t`Light`, Sun), entry("night", t`Dark`, Moon), entry("system", t`As the system`, Monitor)];
}

export function ThemeMenu() {
  const { t } = useLingui();
  const inForce = useTheme();
  const entries = useThemeEntries();
  return (
    <Menu label={t`Theme`} entries={entries}>
      {(button) => (
        <button {...button} aria-label={t`Theme`} className="btn btn-square btn-ghost btn-sm">
          <Icon of={inForce === "night" ? Moon : Sun} size={18} />
        </button>
      )}
    </Menu>
  );
}
