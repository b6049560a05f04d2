import { Trans, useLingui } from "@lingui/react/macro";
import { CircleQuestionMark } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";

import { useEditorSettings } from "@/features/execution/editor-settings";
import { IconButton } from "@/ui/button";
import { Dialog } from "@/ui/dialog";

import { HELP, type HelpGroup } from "./help-keys";

/** Where a question mark is a question mark, or asks for another list of keys (the board's). */
const TYPING = "input, textarea, select, [contenteditable]:not([contenteditable=false]), [role=textbox], .monaco-editor, .excalidraw";

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPING) !== null;
}

/** The keys of the room, by `?` or this button; on a phone, which has no keys, there is none. */
export function HelpButton() {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    // Over another dialog it would be a second one to find the way out of.
    if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    setOpen(true);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
  return (
    <>
      <span className="max-sm:hidden">
        <IconButton icon={CircleQuestionMark} label={t`Keyboard shortcuts`} aria-haspopup="dialog" aria-keyshortcuts="?" onClick={() => setOpen(true)} />
      </span>
      <Dialog open={open} onClose={() => setOpen(false)} title={t`Keyboard shortcuts`} wide>
        <HelpSheet />
      </Dialog>
    </>
  );
}

function HelpSheet() {
  const { keys } = useEditorSettings();
  return (
    // It may be longer than the window: then it is scrolled by keys, too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div tabIndex={0} data-focus-first className="max-h-[70dvh] columns-1 gap-8 overflow-y-auto sm:columns-2">
      {HELP.map((group) => (
        <Group key={group.title.id} group={group} />
      ))}
      {keys !== "default" && (
        <p className="quiet text-sm text-pretty">
          <Trans>In the editor you have chosen other keys, which come first there.</Trans>
        </p>
      )}
    </div>
  );
}

function Group({ group }: { group: HelpGroup }) {
  const { t } = useLingui();
  return (
    <section className="mb-5 break-inside-avoid">
      <h3 className="mb-1.5 text-sm font-semibold">{t(group.title)}</h3>
      <dl>
        {group.keys.map(({ keys, what }) => (
          <div key={keys} className="flex items-baseline justify-between gap-4 border-t border-base-300 py-1.5 text-sm">
            <dt className="text-pretty">{t(what)}</dt>
            <dd className="flex shrink-0 gap-1">
              {keys.split(" ").map((key) => (
                <kbd key={key} className="kbd kbd-sm">
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
