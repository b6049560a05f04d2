import { Trans } from "@lingui/react/macro";

import { ActivityList } from "@/features/integrity/activity-list";
import { PolicyText, RecordedText } from "@/features/integrity/disclosure";
import { Dialog } from "@/ui/dialog";

import { useRoom } from "./events/room-context";
import { PolicyForm } from "./policy-form";
import { isStaff } from "./rights";

interface Props {
  open: boolean;
  onClose: () => void;
}

/** Whether AI tools are allowed, what is recorded and, for a candidate, what was so far. */
export function RulesDialog({ open, onClose }: Props) {
  const { session, me, activity } = useRoom();
  return (
    <Dialog open={open} onClose={onClose} title={<Trans>Rules and what is recorded</Trans>}>
      <div className="flex flex-col gap-4 text-sm text-pretty">
        {isStaff(me) ? <PolicyForm /> : <PolicyText aiPolicy={session.aiPolicy} aiNote={session.aiNote} />}
        <RecordedText />
        {me.role === "candidate" && (
          <section aria-labelledby="recorded-of-me">
            <h3 id="recorded-of-me" className="font-semibold">
              <Trans>Recorded of you so far</Trans>
            </h3>
            {activity.length === 0 ? (
              <p className="quiet">
                <Trans>None of the three.</Trans>
              </p>
            ) : (
              <ActivityList entries={activity} startedAt={session.startedAt ?? session.createdAt} />
            )}
          </section>
        )}
      </div>
    </Dialog>
  );
}
