import { Trans, useLingui } from "@lingui/react/macro";
import { UserPlus } from "lucide-react";
import { useState } from "react";

import { Button } from "@/ui/button";

import { InviteDialog } from "./invite-dialog";

export function InviteButton() {
  const { t } = useLingui();
  const [inviting, setInviting] = useState(false);
  return (
    <>
      <Button size="s" icon={UserPlus} onClick={() => setInviting(true)} aria-label={t`Invite somebody`} className="max-sm:btn-square">
        <span className="max-sm:hidden">
          <Trans>Invite</Trans>
        </span>
      </Button>
      <InviteDialog open={inviting} onClose={() => setInviting(false)} />
    </>
  );
}
