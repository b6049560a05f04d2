import { Trans, useLingui } from "@lingui/react/macro";
import { NotebookPen } from "lucide-react";

import type { Session } from "@/features/sessions/api";
import { timeOfDay } from "@/lib/format";
import { Loading } from "@/ui/spinner";
import { EmptyState, ErrorState } from "@/ui/states";

import { useStoredNotes } from "./api";
import { sinceStart } from "./clock-text";

/** What those who interviewed noted, for them alone. */
export function RecordNotes({ session }: { session: Session }) {
  const { t } = useLingui();
  const { data, error, refetch } = useStoredNotes(session.id);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const known = [session.host, ...session.participants];
  return (
    // Keyboards scroll what has the focus.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section aria-label={t`Notes`} tabIndex={0} className="h-full overflow-y-auto bg-base-100 p-3">
      <h2 className="mb-2 text-sm font-semibold">
        <Trans>Notes</Trans> <span className="quiet font-normal">{t`for interviewers only`}</span>
      </h2>
      {data.notes.length === 0 ? (
        <EmptyState icon={NotebookPen} title={<Trans>Nothing was noted</Trans>} />
      ) : (
        <ul className="flex flex-col gap-3">
          {data.notes.map(({ id, at, personId, text }) => (
            <li key={id}>
              <p className="quiet flex gap-2 text-xs">
                <time dateTime={at} title={timeOfDay(at)} className="font-medium tabular-nums">
                  {sinceStart(Date.parse(at), session.startedAt ?? session.createdAt)}
                </time>
                {known.find((person) => person.id === personId)?.name ?? t`Somebody`}
              </p>
              <p dir="auto" className="text-sm wrap-anywhere whitespace-pre-wrap">
                {text}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
