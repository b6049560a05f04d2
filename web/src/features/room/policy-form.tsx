import { Trans } from "@lingui/react/macro";
import { Pencil } from "lucide-react";
import { useState } from "react";

import { PolicyText } from "@/features/integrity/disclosure";
import { type Policy, PolicyFields } from "@/features/integrity/policy-fields";
import { messageOf } from "@/lib/api/client";
import { Button } from "@/ui/button";
import { FormError } from "@/ui/field";

import { useRoom } from "./events/room-context";
import { useDirect } from "./staffing";

/** The rule on AI tools, with a way to change it for who leads the session. */
export function PolicyForm() {
  const { session, status } = useRoom();
  const { aiPolicy, aiNote } = session;
  const direct = useDirect(session.id);
  const [edited, setEdited] = useState<Policy | null>(null);
  if (!edited) {
    return (
      <div className="flex items-start justify-between gap-3">
        <PolicyText aiPolicy={aiPolicy} aiNote={aiNote} />
        {status !== "ended" && (
          <Button size="s" icon={Pencil} className="shrink-0" onClick={() => setEdited({ aiPolicy, aiNote })}>
            <Trans>Change</Trans>
          </Button>
        )}
      </div>
    );
  }
  const close = () => setEdited(null);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        direct.mutate(edited, { onSuccess: close });
      }}
    >
      <PolicyFields value={edited} onChange={setEdited} />
      <FormError message={direct.error ? messageOf(direct.error) : undefined} />
      <div className="flex justify-end gap-2">
        <Button size="s" onClick={close}>
          <Trans>Cancel</Trans>
        </Button>
        <Button size="s" look="primary" type="submit" busy={direct.isPending}>
          <Trans>Save</Trans>
        </Button>
      </div>
    </form>
  );
}
