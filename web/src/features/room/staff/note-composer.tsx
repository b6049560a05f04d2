import { useLingui } from "@lingui/react/macro";
import { CornerDownLeft } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";

import { IconButton } from "@/ui/button";

import { useRoom } from "../events/room-context";
import type { SharedNotes } from "./shared-notes";

/** Enter notes it, Shift+Enter makes a new line. Its time is that of the first letter. */
export function NoteComposer({ notes }: { notes: SharedNotes }) {
  const { t } = useLingui();
  const { now } = useRoom();
  const input = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(notes.draft);
  const empty = !text.trim();

  const change = (next: string) => {
    notes.sketch(next, now());
    setText(next);
  };
  const add = () => {
    if (empty) return;
    notes.addDraft();
    setText("");
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends the input of a Chinese or Japanese word is not ours.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    add();
  };
  return (
    <form
      className="flex items-end gap-1.5 border-t border-base-300 p-2"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <textarea
        ref={input}
        rows={1}
        value={text}
        dir="auto"
        aria-label={t`New note`}
        placeholder={t`New note`}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
        className="textarea field-sizing-content max-h-40 min-h-9 grow resize-none px-2.5 py-1.5 text-sm"
      />
      <IconButton type="submit" look="primary" icon={CornerDownLeft} label={t`Add the note`} disabled={empty} className="h-9 w-9" />
    </form>
  );
}
