import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";

import { chooseTheme, useThemeChoice } from "@/lib/theme";
import { Select } from "@/ui/field";
import { RadioCards } from "@/ui/radio-cards";

import { changeEditorSettings, EDITORS, FONT_SIZES, KEYS, TAB_KEYS, TAB_SIZES, useEditorSettings } from "./editor-settings";

/** Every choice takes effect at once; there is nothing to confirm. */
export function EditorSettingsForm() {
  const { t } = useLingui();
  const settings = useEditorSettings();
  const theme = useThemeChoice();
  return (
    <div className="flex flex-col gap-5">
      <RadioCards
        legend={t`Theme`}
        choices={[
          { value: "system", label: t`System` },
          { value: "day", label: t`Light` },
          { value: "night", label: t`Dark` },
        ]}
        value={theme}
        onChange={chooseTheme}
      />
      <div className="grid grid-cols-2 gap-4">
        <Choice label={t`Font size`} of={FONT_SIZES} value={settings.fontSize} name={(size) => t`${size} pixels`} onChange={(fontSize) => changeEditorSettings({ fontSize })} />
        <Choice
          label={t`Tab size`}
          of={TAB_SIZES}
          value={settings.tabSize}
          name={(size) => (size === 0 ? t`As the file has it` : t`${size} columns`)}
          onChange={(tabSize) => changeEditorSettings({ tabSize })}
        />
      </div>
      <EditorAndKeys />
      <div className="flex flex-col gap-2.5">
        <Switch checked={settings.completion} onChange={(completion) => changeEditorSettings({ completion })}>
          <Trans>Propose words while typing</Trans>
        </Switch>
        <Switch checked={settings.ligatures} onChange={(ligatures) => changeEditorSettings({ ligatures })}>
          <Trans>Ligatures: two signs as one, e.g. =&gt;</Trans>
        </Switch>
        <Switch checked={settings.wordWrap} onChange={(wordWrap) => changeEditorSettings({ wordWrap })}>
          <Trans>Wrap long lines</Trans>
        </Switch>
        <Switch checked={settings.tabLeaves} onChange={(tabLeaves) => changeEditorSettings({ tabLeaves })}>
          <Trans>Tab leaves the editor ({TAB_KEYS})</Trans>
        </Switch>
      </div>
      <p className="quiet text-sm text-pretty">
        <Trans>Only you see it so. Signed in, you have it like this on every computer.</Trans>
      </p>
    </div>
  );
}

function EditorAndKeys() {
  const { t } = useLingui();
  const { keys, editor } = useEditorSettings();
  const editors = { auto: t`Automatic: light on phones`, full: t`Full`, light: t`Light` };
  const keyNames = { default: t`Standard`, vim: "Vim", emacs: "Emacs" };
  const other = keys === "default" ? null : keyNames[keys];
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Choice label={t`Keys in rooms`} of={KEYS} value={keys} name={(one) => keyNames[one]} onChange={(one) => changeEditorSettings({ keys: one })} />
      <Choice
        label={t`Editor in rooms`}
        hint={other ? t`${other} keys are those of the light editor, so that one is used.` : t`The light one starts faster and suits touch screens.`}
        of={EDITORS}
        value={other ? "light" : editor}
        disabled={other !== null}
        name={(one) => editors[one]}
        onChange={(one) => changeEditorSettings({ editor: one })}
      />
    </div>
  );
}

interface ChoiceProps<T> {
  label: string;
  hint?: string;
  of: readonly T[];
  value: T;
  disabled?: boolean;
  name: (value: T) => string;
  onChange: (value: T) => void;
}

function Choice<T extends string | number>({ label, hint, of, value, disabled = false, name, onChange }: ChoiceProps<T>) {
  return (
    <Select
      label={label}
      hint={hint}
      value={value}
      disabled={disabled}
      onChange={(event) => {
        const chosen = of.find((one) => String(one) === event.target.value);
        if (chosen !== undefined) onChange(chosen);
      }}
    >
      {of.map((one) => (
        <option key={one} value={one}>
          {name(one)}
        </option>
      ))}
    </Select>
  );
}

function Switch({ checked, onChange, children }: { checked: boolean; onChange: (checked: boolean) => void; children: ReactNode }) {
  return (
    <label className="flex cursor-pointer items-center gap-2.5 text-sm">
      <input type="checkbox" className="checkbox checkbox-sm" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>{children}</span>
    </label>
  );
}
