import { useLingui } from "@lingui/react";
import { Trans, useLingui as useMacro } from "@lingui/react/macro";
import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { type ReactNode, useId, useRef } from "react";

import { Icon } from "@/ui/icon";
import { place } from "@/ui/place";

import { ANSWERS } from "./emoji";

interface Props {
  /** Who wrote it, for the name of the button. */
  name: string;
  /** What I have given to this message. */
  given: ReadonlySet<string>;
  onReact: (emoji: string, given: boolean) => void;
  /** Missing: it is somebody else's. */
  onEdit?: (() => void) | undefined;
  onDelete?: (() => void) | undefined;
}

/** A button beside the message; behind it an answer by emoji and, for one's own, editing and deleting. */
export function MessageActions({ name, given, onReact, onEdit, onDelete }: Props) {
  const { _ } = useLingui();
  const { t } = useMacro();
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const popover = useRef<HTMLDivElement>(null);
  const then = (act: () => void) => () => {
    popover.current?.hidePopover();
    button.current?.focus();
    act();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        aria-label={onEdit ? t`React, edit or delete` : t`React to the message of ${name}`}
        data-testid="chat-actions"
        className="btn btn-square opacity-0 btn-ghost btn-xs group-focus-within:opacity-100 group-hover:opacity-100 focus-visible:opacity-100 aria-expanded:opacity-100 pointer-coarse:opacity-100"
      >
        <Icon of={Ellipsis} size={15} />
      </button>
      <div
        ref={popover}
        id={id}
        popover="auto"
        aria-label={t`What to do with the message`}
        className="menu-box w-58 p-2"
        onToggle={(event) => {
          if (event.newState !== "open" || !popover.current || !button.current) return;
          place(popover.current, button.current, "bottom", "end");
          popover.current.querySelector("button")?.focus();
        }}
      >
        <div role="group" aria-label={t`React`} className="grid grid-cols-6 gap-1">
          {ANSWERS.map(({ emoji, icon, name: answer }) => (
            <button
              key={emoji}
              type="button"
              aria-label={_(answer)}
              title={_(answer)}
              aria-pressed={given.has(emoji)}
              className="btn btn-square btn-ghost btn-sm aria-pressed:bg-primary/15 aria-pressed:text-primary"
              onClick={then(() => onReact(emoji, !given.has(emoji)))}
            >
              <Icon of={icon} size={17} />
            </button>
          ))}
        </div>
        {onEdit && (
          <Action icon={Pencil} onPress={then(onEdit)}>
            <Trans>Edit</Trans>
          </Action>
        )}
        {onDelete && (
          <Action icon={Trash2} onPress={then(onDelete)} danger>
            <Trans>Delete</Trans>
          </Action>
        )}
      </div>
    </>
  );
}

function Action({ icon, onPress, danger = false, children }: { icon: typeof Pencil; onPress: () => void; danger?: boolean; children: ReactNode }) {
  return (
    <button type="button" onClick={onPress} className={`btn mt-1 w-full justify-start font-medium btn-ghost btn-sm ${danger ? "text-error" : ""}`}>
      <Icon of={icon} size={15} />
      {children}
    </button>
  );
}
