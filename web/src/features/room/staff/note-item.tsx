import { Trans, useLingui } from "@lingui/react/macro";
import { Trash2 } from "lucide-react";
import { useRef, useState } from "react";

import { timeOfDay } from "@/lib/format";
import { useSteadyCaret } from "@/lib/use-steady-caret";
import { IconButton } from "@/ui/button";
import { ConfirmDialog } from "@/ui/confirm-dialog";

import { sinceStart } from "./clock-text";
import type { Note } from "./shared-notes";

interface Props {
  note: Note;
  /** When the interview began. */
  start: string;
  author: string;
  onWrite: (text: string) => void;
  onRemove: () => void;
}

/** Every interviewer may go on with every note. */
export function NoteItem({ note, start, author, onWrite, onRemove }: Props) {
  const { t } = useLingui();
  const area = useRef<HTMLTextAreaElement>(null);
  const [removing, setRemoving] = useState(false);
  const noteCaret = useSteadyCaret(area, note.text);
  const time = sinceStart(note.at, start);
  const at = new Date(note.at).toISOString();
  return (
    <li data-note={note.id} className="group rounded-field px-1.5 py-1 focus-within:bg-base-200/60 hover:bg-base-200/60">
      <p className="quiet flex items-center gap-2 text-xs">
        <time dateTime={at} title={timeOfDay(at)} className="font-medium tabular-nums">
          {time}
        </time>
        <span className="min-w-0 grow truncate">{author}</span>
        <IconButton icon={Trash2} label={t`Delete the note at ${time}`} onClick={() => setRemoving(true)} className="size-6 min-h-6 opacity-60 group-focus-within:opacity-100 group-hover:opacity-100" />
      </p>
      <textarea
        ref={area}
        rows={1}
        value={note.text}
        dir="auto"
        aria-label={t`Note at ${time}, ${author}`}
        onChange={(event) => {
          noteCaret();
          onWrite(event.target.value);
        }}
        onSelect={noteCaret}
        className="field-sizing-content w-full resize-none rounded-field bg-transparent text-sm wrap-anywhere"
      />
      {removing && (
        <ConfirmDialog
          open
          danger
          onClose={() => setRemoving(false)}
          onConfirm={onRemove}
          title={<Trans>Delete this note?</Trans>}
          confirm={<Trans>Delete</Trans>}
        >
          <Trans>It goes for all interviewers.</Trans>
        </ConfirmDialog>
      )}
    </li>
  );
}
