import { Trans, useLingui } from "@lingui/react/macro";
import { MessagesSquare, NotebookPen, Play } from "lucide-react";
import { memo, useEffect, useRef, useState } from "react";

import { MessageList } from "@/features/chat/message-list";
import type { Language, Run } from "@/features/execution/model";
import { RunResult } from "@/features/execution/run-result";
import { RunBadge } from "@/features/execution/verdict";
import { classes } from "@/lib/classes";
import { EmptyState } from "@/ui/states";

import { stamp } from "./clock";
import { shownAt } from "./messages";
import type { Track } from "./track";

interface ChatProps {
  track: Track;
  /** So many messages had been sent, … */
  count: number;
  /** … and so many edits been made. */
  edits: number;
}

/** What had been written by then. */
export const ReplayChat = memo(function ReplayChat({ track, count, edits }: ChatProps) {
  const { t } = useLingui();
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [count]);
  const messages = shownAt(track.messages, count, track.edits[edits - 1] ?? -1);
  return (
    // Keyboards scroll what has the focus.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section ref={box} aria-label={t`Chat`} tabIndex={0} data-scrolls className="h-full overflow-y-auto bg-base-100 p-3">
      {count === 0 ? (
        <EmptyState icon={MessagesSquare} title={<Trans>Nothing has been written yet</Trans>} />
      ) : (
        <MessageList messages={messages} me={null} sessionId={track.sessionId} people={[...track.people.values()]} />
      )}
    </section>
  );
});

interface RunsProps {
  track: Track;
  /** So many had begun, … */
  count: number;
  /** … and so many had ended. */
  ended: number;
  languages: readonly Language[];
}

/** What had been run by then; the newest is open unless another one is chosen. */
export const ReplayRuns = memo(function ReplayRuns({ track, count, ended, languages }: RunsProps) {
  const { t } = useLingui();
  const [chosen, setChosen] = useState<string | null>(null);
  const began = track.runs.slice(0, count);
  const over = new Set(track.runs.toSorted((a, b) => a.ended - b.ended).slice(0, ended).map(({ run }) => run.id));
  const shown = began.find(({ run }) => run.id === chosen) ?? began.at(-1);
  if (!shown) {
    return (
      <section aria-label={t`Runs`} className="h-full bg-base-100">
        <EmptyState icon={Play} title={<Trans>Nothing has been run yet</Trans>} />
      </section>
    );
  }
  const asItWas = (run: Run) => (over.has(run.id) ? run : going(run));
  return (
    <section aria-label={t`Runs`} className="flex h-full min-h-0 flex-col bg-base-100">
      <ol className="flex max-h-32 shrink-0 flex-col gap-0.5 overflow-y-auto border-b border-base-300 p-1">
        {began.toReversed().map(({ at, run }) => (
          <li key={run.id}>
            <button
              type="button"
              aria-pressed={run === shown.run}
              onClick={() => setChosen(run.id)}
              className={classes("flex w-full cursor-pointer items-center gap-2 rounded-field px-2 py-1 text-sm hover:bg-base-200", run === shown.run && "bg-base-200")}
            >
              <span className="quiet text-xs tabular-nums">{stamp(at)}</span>
              <span className="min-w-0 grow truncate text-start">{run.by.name}</span>
              <RunBadge run={asItWas(run)} />
            </button>
          </li>
        ))}
      </ol>
      <div className="min-h-0 grow">
        <RunResult run={asItWas(shown.run)} languages={languages} me={null} />
      </div>
    </section>
  );
});

/** A run of which nothing but its beginning is known. */
const going = (run: Run): Run => ({
  ...run,
  status: "running",
  verdict: null,
  message: "",
  compileOutput: "",
  stdout: "",
  stderr: "",
  exitCode: null,
  signal: null,
  timeMs: null,
  memoryBytes: null,
  tests: [],
  typed: [],
  diagnostics: "",
});

/** The interviewers' notes at this moment. */
export function ReplayNotes({ track, at }: { track: Track; at: number }) {
  const { t } = useLingui();
  const notes = track.notesAt(at);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section aria-label={t`Notes`} tabIndex={0} data-scrolls className="h-full overflow-y-auto bg-base-100 p-3 text-sm">
      {notes.length === 0 ? (
        <EmptyState icon={NotebookPen} title={<Trans>No notes yet</Trans>} />
      ) : (
        <ul className="flex flex-col gap-3">
          {notes.map((note) => (
            <li key={note.id}>
              <p className="quiet text-xs">
                {track.nameOf(note.author) ?? t`Somebody`} · <span className="tabular-nums">{stamp(note.at)}</span>
              </p>
              <p dir="auto" className="wrap-anywhere whitespace-pre-wrap">
                {note.text}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
