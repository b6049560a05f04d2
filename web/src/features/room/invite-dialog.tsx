import { Trans, useLingui } from "@lingui/react/macro";
import { Link2 } from "lucide-react";
import { useState } from "react";

import { messageOf } from "@/lib/api/client";
import { dateTime } from "@/lib/format";
import { Button } from "@/ui/button";
import { CopyButton } from "@/ui/copy-button";
import { Dialog } from "@/ui/dialog";
import { FormError, TextInput } from "@/ui/field";
import { RadioCards } from "@/ui/radio-cards";
import { toast } from "@/ui/toast";

import { type InviteRole, useCreateInvite, useRevokeInvites } from "./api";
import { useRoom } from "./events/room-context";

interface Props {
  open: boolean;
  onClose: () => void;
}

/** A link that carries a role: whoever opens it comes in as that, with or without an account. */
export function InviteDialog({ open, onClose }: Props) {
  const { t } = useLingui();
  const { session } = useRoom();
  const create = useCreateInvite(session.id);
  const revoke = useRevokeInvites(session.id);
  const [role, setRole] = useState<InviteRole>("candidate");
  const invite = create.data?.role === role ? create.data : undefined;
  const until = invite && dateTime(invite.expiresAt);

  const revokeAll = () =>
    revoke.mutate(undefined, {
      onSuccess: () => {
        create.reset();
        toast.success(t`All invite links of this session are void.`);
      },
    });
  return (
    <Dialog open={open} onClose={onClose} title={t`Invite somebody`} wide>
      <RadioCards
        legend={<Trans>They come in as</Trans>}
        value={role}
        onChange={setRole}
        choices={[
          { value: "candidate", label: t`Candidate`, hint: t`Writes, runs, talks.` },
          { value: "interviewer", label: t`Interviewer`, hint: t`May invite others, too.` },
          { value: "observer", label: t`Observer`, hint: t`Only watches. Takes no seat.` },
        ]}
      />
      <div className="mt-4">
        {invite ? (
          <div className="flex flex-col gap-3">
            <div className="flex items-end gap-2">
              <div className="min-w-0 grow">
                <TextInput label={t`Invite link`} value={invite.url} readOnly onFocus={(event) => event.target.select()} data-invite-url />
              </div>
              <CopyButton text={invite.url} label={t`Copy invite link`} size="m" look="primary">
                <Trans>Copy</Trans>
              </CopyButton>
            </div>
            <p className="quiet text-sm text-pretty">
              <Trans>Valid until {until}. Anybody who has it can come in, so send it only to the person you mean.</Trans>
            </p>
          </div>
        ) : (
          <Button look="primary" icon={Link2} busy={create.isPending} onClick={() => create.mutate(role)}>
            <Trans>Create invite link</Trans>
          </Button>
        )}
        <FormError message={(create.error ?? revoke.error) ? messageOf(create.error ?? revoke.error) : undefined} />
      </div>
      <div className="mt-5 border-t border-base-300 pt-3">
        <button type="button" className="link quiet text-sm" onClick={revokeAll} disabled={revoke.isPending}>
          <Trans>Make all links given out so far void</Trans>
        </button>
      </div>
    </Dialog>
  );
}
