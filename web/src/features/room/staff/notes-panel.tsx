import { Trans, useLingui } from "@lingui/react/macro";
import { NotebookPen } from "lucide-react";
import { useEffect, useRef } from "react";

import { Icon } from "@/ui/icon";
import { Loading } from "@/ui/spinner";
import { EmptyState } from "@/ui/states";

import { useRoom } from "../events/room-context";
import { STATE_ICONS, useStateWords } from "../saved-state";
import { useSettledState } from "../use-settled-status";
import { NoteComposer } from "./note-composer";
import { NoteItem } from "./note-item";
import { useNotes, useNotesView, useStaffStatus } from "./staff-context";

/** Private notes of those who interview, each with its time in the interview. */
export function NotesPanel() {
  const { t } = useLingui();
  const { session, people, me } = useRoom();
  const notes = useNotes();
  const view = useNotesView();
  const { ready } = useStaffStatus();
  const log = useRef<HTMLDivElement>(null);
  const count = view.length;
  useEffect(() => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
  }, [count]);
  const known = [session.host, ...session.participants, ...people];
  return (
    <section aria-label={t`Notes`} className="flex h-full min-h-0 flex-col bg-base-100">
      <NotesState />
      <div ref={log} className="min-h-0 grow overflow-y-auto">
        {!ready ? (
          <Loading label={t`Loading the notes`} />
        ) : count === 0 ? (
          <EmptyState icon={NotebookPen} title={<Trans>No notes yet</Trans>}>
            <Trans>Only the interviewers see what stands here, with the time of the interview beside it. After the end you find it with the session.</Trans>
          </EmptyState>
        ) : (
          <ul aria-label={t`Notes so far`} className="flex flex-col gap-1 p-2">
            {view.map((note) => (
              <NoteItem
                key={note.id}
                note={note}
                start={session.startedAt ?? session.createdAt}
                author={note.author === me.id ? t`You` : (known.find(({ id }) => id === note.author)?.name ?? t`Somebody`)}
                onWrite={(text) => notes.write(note.id, text)}
                onRemove={() => notes.remove(note.id)}
              />
            ))}
          </ul>
        )}
      </div>
      {ready && <NoteComposer notes={notes} />}
    </section>
  );
}

/** Whether they are stored, as truly as for the code. */
function NotesState() {
  const { state, keptHere } = useStaffStatus();
  const words = useStateWords();
  const { status } = useRoom();
  const shown = useSettledState(state);
  if (status === "ended") return null;
  const bad = shown === "offline" || shown === "refused";
  return (
    <p role="status" data-notes-state={shown} className="quiet flex flex-wrap items-center gap-x-1.5 border-b border-base-300 px-3 py-1.5 text-sm">
      <Icon of={STATE_ICONS[shown]} className={bad ? "text-warning" : ""} />
      <span className={bad ? "text-warning" : ""}>{words[shown]}</span>
      {shown === "offline" && <span>{keptHere ? <Trans>Kept here until the connection is back.</Trans> : <Trans>Keep this page open.</Trans>}</span>}
      {!bad && (
        <span className="ml-auto">
          <Trans>Interviewers only</Trans>
        </span>
      )}
    </p>
  );
}
