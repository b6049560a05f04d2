import { Trans, useLingui } from "@lingui/react/macro";
import { ShieldCheck } from "lucide-react";
import { useState } from "react";

import { useRoom } from "@/features/room/events/room-context";
import { IconButton } from "@/ui/button";
import { Dialog } from "@/ui/dialog";

import { ActivityList } from "./activity-list";
import { PolicyText, RecordedText } from "./disclosure";

/** In the room's header: whether AI tools are allowed, what is recorded and, for a candidate, what was so far. */
export function RulesButton() {
  const { t } = useLingui();
  const { session, me, activity } = useRoom();
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton icon={ShieldCheck} label={t`Rules and what is recorded`} data-testid="rules" onClick={() => setOpen(true)} />
      <Dialog open={open} onClose={() => setOpen(false)} title={<Trans>Rules and what is recorded</Trans>}>
        <div className="flex flex-col gap-4 text-sm text-pretty">
          <PolicyText aiPolicy={session.aiPolicy} aiNote={session.aiNote} />
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
    </>
  );
}
