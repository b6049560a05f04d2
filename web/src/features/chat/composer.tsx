import { Trans, useLingui } from "@lingui/react/macro";
import { SendHorizontal } from "lucide-react";
import { type KeyboardEvent, useLayoutEffect, useRef } from "react";

import { useConfig } from "@/lib/config";
import { classes } from "@/lib/classes";
import { count } from "@/lib/format";
import { IconButton } from "@/ui/button";

import type { Typing } from "./typing";

interface Props {
  draft: string;
  onDraft: (text: string) => void;
  onSend: (text: string) => void;
  typing: Typing;
}

/** From here on it says how much room is left. */
const NEARLY = 0.9;
const HIGHEST = 160;

/** Enter sends, Shift+Enter makes a new line. */
export function Composer({ draft, onDraft, onSend, typing }: Props) {
  const { t } = useLingui();
  const input = useRef<HTMLTextAreaElement>(null);
  const max = useConfig()?.limits.chatTextMax ?? Infinity;
  const tooLong = draft.length > max;
  const empty = !draft.trim();

  useLayoutEffect(() => {
    const element = input.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(HIGHEST, element.scrollHeight + 2)}px`;
  }, [draft]);

  const change = (text: string) => {
    onDraft(text);
    typing.changed(text);
  };
  const send = () => {
    if (empty || tooLong) return;
    typing.stop();
    onSend(draft);
    onDraft("");
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends the input of a Chinese or Japanese word is not ours.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      className="flex items-end gap-1.5 border-t border-base-300 p-2"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="grow">
        <textarea
          ref={input}
          rows={1}
          value={draft}
          dir="auto"
          data-testid="chat-input"
          aria-label={t`Message`}
          aria-invalid={tooLong || undefined}
          placeholder={t`Message`}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={() => typing.stop()}
          className={classes("textarea min-h-9 w-full resize-none px-2.5 py-1.5 text-sm", tooLong && "textarea-error")}
        />
        {draft.length > max * NEARLY && (
          <p role="status" className={classes("px-1 pt-1 text-xs", tooLong ? "text-error" : "quiet")}>
            {tooLong ? (
              <Trans>{count(draft.length - max)} characters too many. Send it in parts.</Trans>
            ) : (
              <Trans>{count(max - draft.length)} characters left</Trans>
            )}
          </p>
        )}
      </div>
      <IconButton type="submit" look="primary" size="s" icon={SendHorizontal} label={t`Send`} data-testid="chat-send" disabled={empty || tooLong} className="h-9 w-9" />
    </form>
  );
}
