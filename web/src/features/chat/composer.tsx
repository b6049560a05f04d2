import { Trans, useLingui } from "@lingui/react/macro";
import { Paperclip, SendHorizontal } from "lucide-react";
import { type KeyboardEvent, useLayoutEffect, useRef } from "react";

import { useConfig } from "@/lib/config";
import { classes } from "@/lib/classes";
import { count } from "@/lib/format";
import { IconButton } from "@/ui/button";

import type { Attachment } from "./api";
import type { Typing } from "./typing";
import { UploadList } from "./upload-list";
import { useUploads } from "./use-uploads";

interface Props {
  sessionId: string;
  draft: string;
  onDraft: (text: string) => void;
  onSend: (text: string, attachments: readonly Attachment[]) => void;
  typing: Typing;
}

/** From here on it says how much room is left. */
const NEARLY = 0.9;
const HIGHEST = 160;

/** Enter sends, Shift+Enter makes a new line. Files are chosen, dropped or pasted. */
export function Composer({ sessionId, draft, onDraft, onSend, typing }: Props) {
  const { t } = useLingui();
  const input = useRef<HTMLTextAreaElement>(null);
  const max = useConfig()?.limits.chatTextMax ?? Infinity;
  const tooLong = draft.length > max;
  const chooser = useRef<HTMLInputElement>(null);
  const uploads = useUploads(sessionId);
  const ready = uploads.list.some(({ attachment }) => attachment);
  const cannot = tooLong || uploads.busy || (!draft.trim() && !ready);

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
    if (cannot) return;
    typing.stop();
    onSend(draft, uploads.take());
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
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <UploadList uploads={uploads} />
      <div className="flex items-end gap-1.5 border-t border-base-300 p-2">
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          data-testid="chat-files"
          onChange={({ target }) => {
            uploads.add(target.files ?? []);
            target.value = ""; // the same file may be chosen again
          }}
        />
        <IconButton icon={Paperclip} label={t`Attach files`} disabled={uploads.full} onClick={() => chooser.current?.click()} className="h-9 w-9" />
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
            onPaste={(event) => {
              if (event.clipboardData.files.length === 0) return;
              event.preventDefault();
              uploads.add(event.clipboardData.files);
            }}
            onDrop={(event) => {
              if (event.dataTransfer.files.length === 0) return;
              event.preventDefault();
              uploads.add(event.dataTransfer.files);
            }}
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
        <IconButton type="submit" look="primary" size="s" icon={SendHorizontal} label={t`Send`} data-testid="chat-send" disabled={cannot} className="h-9 w-9" />
      </div>
    </form>
  );
}
