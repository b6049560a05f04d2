import { useLingui } from "@lingui/react/macro";
import { Settings2 } from "lucide-react";

import { Icon } from "@/ui/icon";
import { Menu, type MenuEntry } from "@/ui/menu";

import { changeEditorSettings, FONT_SIZES, TAB_KEYS, TAB_SIZES, useEditorSettings } from "./editor-settings";

export function EditorSettingsMenu() {
  const { t } = useLingui();
  const { fontSize, tabSize, wordWrap, tabLeaves } = useEditorSettings();
  const entries: MenuEntry[] = [
    ...FONT_SIZES.map((size) => ({
      kind: "choice" as const,
      label: t`Font size ${size}`,
      checked: size === fontSize,
      onSelect: () => changeEditorSettings({ fontSize: size }),
    })),
    { kind: "line" },
    ...TAB_SIZES.map((size) => ({
      kind: "choice" as const,
      label: size === 0 ? t`Tab size as the file has it` : t`Tab size ${size}`,
      checked: size === tabSize,
      onSelect: () => changeEditorSettings({ tabSize: size }),
    })),
    { kind: "line" },
    {
      kind: "choice",
      label: t`Wrap long lines`,
      checked: wordWrap,
      onSelect: () => changeEditorSettings({ wordWrap: !wordWrap }),
    },
    {
      kind: "choice",
      label: t`Tab leaves the editor (${TAB_KEYS})`,
      checked: tabLeaves,
      onSelect: () => changeEditorSettings({ tabLeaves: !tabLeaves }),
    },
  ];
  return (
    <Menu label={t`Editor settings`} entries={entries}>
      {(button) => (
        <button {...button} aria-label={t`Editor settings`} className="btn btn-square btn-ghost btn-sm">
          <Icon of={Settings2} />
        </button>
      )}
    </Menu>
  );
}
