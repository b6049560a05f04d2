import { Trans, useLingui } from "@lingui/react/macro";
import { Link2 } from "lucide-react";
import { useState } from "react";

import { messageOf } from "@/lib/api/client";
import { dateTime } from "@/lib/format";
import { Button } from "@/ui/button";
import { CopyButton } from "@/ui/copy-button";
import { Dialog } from "@/ui/dialog";
import { FormError, Select, TextInput } from "@/ui/field";
import { RadioCards } from "@/ui/radio-cards";
import { toast } from "@/ui/toast";

import { type InviteRole, useCreateInvite, useRevokeInvites } from "./api";
import { useRoom } from "./events/room-context";
import { InviteList } from "./invite-list";
import { useForgetInvites } from "./staffing";

const DAY = 24;
const DAYS_USUAL = 7;
const DAYS_MOST = 30;

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
  const forget = useForgetInvites(session.id);
  const [role, setRole] = useState<InviteRole>("candidate");
  const [hours, setHours] = useState(DAYS_USUAL * DAY);
  // What is shown was asked for just so: another choice is another link.
  const asked = create.variables;
  const invite = asked?.role === role && asked.expiresInHours === hours ? create.data : undefined;
  const until = invite && dateTime(invite.expiresAt);

  const revokeAll = () =>
    revoke.mutate(undefined, {
      onSuccess: () => {
        create.reset();
        forget();
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
      <div className="mt-4 flex flex-col gap-4">
        <Select label={t`Valid for`} value={hours} onChange={(event) => setHours(Number(event.target.value))}>
          <option value={1}>{t`1 hour`}</option>
          <option value={DAY}>{t`1 day`}</option>
          <option value={DAYS_USUAL * DAY}>{t`7 days`}</option>
          <option value={DAYS_MOST * DAY}>{t`30 days`}</option>
        </Select>
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
              {session.lobby ? (
                <Trans>Valid until {until}. Whoever opens it waits until somebody lets them in.</Trans>
              ) : (
                <Trans>Valid until {until}. Anybody who has it can come in, so send it only to the person you mean.</Trans>
              )}
            </p>
          </div>
        ) : (
          <Button
            look="primary"
            icon={Link2}
            className="self-start"
            busy={create.isPending}
            onClick={() => create.mutate({ role, expiresInHours: hours }, { onSuccess: forget })}
          >
            <Trans>Create invite link</Trans>
          </Button>
        )}
        <FormError message={(create.error ?? revoke.error) ? messageOf(create.error ?? revoke.error) : undefined} />
      </div>
      <div className="mt-5 flex flex-col items-start gap-3 border-t border-base-300 pt-3">
        <div className="w-full">
          <InviteList />
        </div>
        <button type="button" className="link quiet text-sm" onClick={revokeAll} disabled={revoke.isPending}>
          <Trans>Make all links given out so far void</Trans>
        </button>
      </div>
    </Dialog>
  );
}
