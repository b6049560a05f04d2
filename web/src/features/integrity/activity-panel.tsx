import { Trans, useLingui } from "@lingui/react/macro";
import { Activity as ActivityIcon } from "lucide-react";

import { useRoom } from "@/features/room/events/room-context";
import { EmptyState } from "@/ui/states";

import { ActivityList } from "./activity-list";

/** For the staff: what was noted of the candidates, as these were told. */
export function ActivityPanel() {
  const { t } = useLingui();
  const { activity, session, people } = useRoom();
  const known = [...people, ...session.participants];
  const nameOf = (id: string) => known.find((one) => one.id === id)?.name ?? t`Somebody`;
  return (
    // Keyboards scroll what has the focus.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section aria-label={t`Activity`} tabIndex={0} data-testid="activity-panel" className="flex h-full flex-col overflow-y-auto px-3 py-3 text-sm">
      {activity.length === 0 ? (
        <EmptyState icon={ActivityIcon} title={<Trans>Nothing noted yet</Trans>} className="my-auto">
          <Trans>Pasting into the code, leaving the tab and copying the statement will stand here. The candidates know it.</Trans>
        </EmptyState>
      ) : (
        <>
          <p className="quiet mb-1 text-pretty">
            <Trans>None of this proves anything: people paste their own code and look at their notes. If you wonder, ask.</Trans>
          </p>
          <ActivityList entries={activity} startedAt={session.startedAt ?? session.createdAt} nameOf={nameOf} />
        </>
      )}
    </section>
  );
}
