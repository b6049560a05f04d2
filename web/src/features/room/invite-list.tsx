import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Trash2 } from "lucide-react";
import { useState } from "react";

import { messageOf } from "@/lib/api/client";
import { dateTime } from "@/lib/format";
import { Button, IconButton } from "@/ui/button";
import { Dialog, DialogActions } from "@/ui/dialog";
import { FormError } from "@/ui/field";
import { Loading } from "@/ui/spinner";

import { useRoom } from "./events/room-context";
import { type ListedInvite, useInvites, useRevokeInvite } from "./staffing";
import { useRoleName } from "./use-role-name";

/** The links that work, and how to end one: alone, or together with those who came by it. */
export function InviteList() {
  const { session } = useRoom();
  const invites = useInvites(session);
  const [revoking, setRevoking] = useState<ListedInvite | null>(null);
  if (invites.error) return <FormError message={messageOf(invites.error)} />;
  if (!invites.data) return <Loading />;
  return (
    <section>
      <h3 className="mb-1 text-sm font-medium">
        <Trans>Links that work</Trans>
      </h3>
      {invites.data.length === 0 && (
        <p className="quiet text-sm">
          {session.visibility === "open" ? (
            <Trans>None. The session is open, though: whoever has an account can take a free seat.</Trans>
          ) : (
            <Trans>None. Nobody new can come in.</Trans>
          )}
        </p>
      )}
      <ul className="flex max-h-56 flex-col divide-y divide-base-300 overflow-y-auto">
        {invites.data.map((invite) => (
          <Row key={invite.id} invite={invite} onRevoke={() => setRevoking(invite)} />
        ))}
      </ul>
      {revoking && <RevokeDialog invite={revoking} onClose={() => setRevoking(null)} />}
    </section>
  );
}

function Row({ invite, onRevoke }: { invite: ListedInvite; onRevoke: () => void }) {
  const { t } = useLingui();
  const roleName = useRoleName();
  const role = roleName(invite.role);
  const until = dateTime(invite.expiresAt);
  const maker = invite.createdBy?.name;
  const names = invite.people.map(({ name }) => name).join(", ");
  return (
    <li className="flex items-center gap-2 py-1.5 text-sm" data-invite={invite.role}>
      <div className="min-w-0 grow">
        <p className="font-medium">
          {role}
          {invite.people.length > 0 && <span className="quiet font-normal"> · {t`used by ${names}`}</span>}
        </p>
        <p className="quiet">{maker === undefined ? t`Valid until ${until}` : t`Valid until ${until}, made by ${maker}`}</p>
      </div>
      <IconButton icon={Trash2} label={t`Revoke this link`} onClick={onRevoke} />
    </li>
  );
}

function RevokeDialog({ invite, onClose }: { invite: ListedInvite; onClose: () => void }) {
  const { session } = useRoom();
  const revoke = useRevokeInvite(session.id);
  const [people, setPeople] = useState(false);
  const go = (withPeople: boolean) => {
    setPeople(withPeople);
    revoke.mutate({ invite: invite.id, people: withPeople }, { onSuccess: onClose });
  };
  return (
    <Dialog open onClose={onClose} title={<Trans>Revoke this link?</Trans>}>
      <p className="quiet text-pretty">
        <Trans>Nobody can come in by it any more.</Trans>{" "}
        {invite.used > 0 && <Plural value={invite.used} one="One person has come by it, and stays unless you show them out, too." other="# people have come by it, and stay unless you show them out, too." />}
      </p>
      <FormError message={revoke.error ? messageOf(revoke.error) : undefined} />
      <DialogActions>
        <Button onClick={onClose} data-focus-first>
          <Trans>Cancel</Trans>
        </Button>
        {invite.used > 0 && (
          <Button look="danger" busy={revoke.isPending && people} onClick={() => go(true)}>
            <Trans>Revoke and show out</Trans>
          </Button>
        )}
        <Button look="primary" busy={revoke.isPending && !people} onClick={() => go(false)}>
          <Trans>Revoke</Trans>
        </Button>
      </DialogActions>
    </Dialog>
  );
}
