import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";

import { messageOf } from "@/lib/api/client";
import { useConfig } from "@/lib/config";
import { Button } from "@/ui/button";
import { FormError } from "@/ui/field";

import type { ChatMessage } from "./api";

interface Props {
  message: ChatMessage;
  onSave: (text: string) => Promise<unknown>;
  onClose: () => void;
}

/** In the place of the message. Enter saves, Escape leaves it as it was. */
export function EditMessage({ message, onSave, onClose }: Props) {
  const { t } = useLingui();
  const [text, setText] = useState(message.text);
  const input = useRef<HTMLTextAreaElement>(null);
  const max = useConfig()?.limits.chatTextMax ?? Infinity;
  const save = useMutation({ mutationFn: onSave, onSuccess: onClose });
  const wrong = text.length > max || (!text.trim() && message.attachments.length === 0);
  useEffect(() => {
    const element = input.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  }, []);

  const submit = () => {
    if (wrong || save.isPending) return;
    if (text === message.text) onClose();
    else save.mutate(text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") onClose();
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    submit();
  };
  return (
    <form
      className="flex w-64 max-w-full flex-col gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <textarea
        ref={input}
        dir="auto"
        rows={3}
        value={text}
        data-testid="chat-edit"
        aria-label={t`Edit the message`}
        aria-invalid={wrong || undefined}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className="textarea w-full px-2.5 py-1.5 text-sm"
      />
      <FormError message={save.error ? messageOf(save.error) : undefined} />
      <div className="flex justify-end gap-1.5">
        <Button size="s" onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
        <Button size="s" look="primary" type="submit" busy={save.isPending} disabled={wrong}>
          <Trans>Save</Trans>
        </Button>
      </div>
    </form>
  );
}
