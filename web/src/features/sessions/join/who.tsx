import { Trans, useLingui } from "@lingui/react/macro";
import { type RefObject, useState } from "react";
import { Link, useLocation } from "react-router";

import type { User } from "@/features/accounts/api";
import { signInPath } from "@/features/accounts/next";
import { messageOf } from "@/lib/api/client";
import { useConfig } from "@/lib/config";
import { Avatar } from "@/ui/avatar";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { TextInput } from "@/ui/field";
import { toast } from "@/ui/toast";

import { useOtherPerson } from "./api";

interface SignedInProps {
  me: User;
  /** The session of the invite, when they are in it already. */
  sessionId: string | null;
}

/** Who comes in: the person who is signed in, and the way to be somebody else. */
export function SignedInAs({ me, sessionId }: SignedInProps) {
  const other = useOtherPerson();
  const [asking, setAsking] = useState(false);
  const signOut = () => other.mutate(null, { onError: (error) => toast.error(messageOf(error)) });
  return (
    <div className="flex items-center gap-3 rounded-field bg-base-200 px-3 py-2.5 text-sm">
      <Avatar name={me.name} image={me.profileImage} size={32} />
      <div className="min-w-0 grow">
        <p className="truncate font-medium" data-testid="join-as">
          {me.name}
        </p>
        <p className="quiet truncate">{me.guest ? <Trans>Guest</Trans> : <Trans>You are signed in</Trans>}</p>
      </div>
      <button type="button" className="btn btn-ghost btn-sm" disabled={other.isPending} onClick={me.guest ? () => setAsking(true) : signOut}>
        <Trans>Not you?</Trans>
      </button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => other.mutate(sessionId)}
        busy={other.isPending}
        error={other.error ? messageOf(other.error) : undefined}
        title={<Trans>Come in as somebody else?</Trans>}
        confirm={<Trans>Sign this guest out</Trans>}
        danger
      >
        <GuestLoses name={me.name} seated={sessionId !== null} />
      </ConfirmDialog>
    </div>
  );
}

/** A guest is a cookie: signed out, they are nobody's any more. */
function GuestLoses({ name, seated }: { name: string; seated: boolean }) {
  const { t } = useLingui();
  return (
    <>
      {t`${name} is a guest, known in this browser only. Nobody can come back as ${name}, or to the sessions they were in.`}{" "}
      {seated && <Trans>Their seat in this session becomes free.</Trans>}
    </>
  );
}

interface NameProps {
  name: string;
  onName: (name: string) => void;
  error: string | undefined;
  input: RefObject<HTMLInputElement | null>;
}

/** Without an account a name is enough. */
export function GuestName({ name, onName, error, input }: NameProps) {
  const { t } = useLingui();
  const { pathname } = useLocation();
  const max = useConfig()?.limits.nameMax;
  return (
    <div className="mb-2">
      <TextInput
        ref={input}
        label={t`Your name`}
        hint={t`The others see it. You need no account.`}
        error={error}
        name="name"
        autoComplete="name"
        required
        maxLength={max}
        data-testid="join-name"
        value={name}
        onChange={(event) => onName(event.target.value)}
      />
      <p className="quiet mt-2 text-sm">
        <Trans>
          Have an account?{" "}
          <Link to={signInPath(pathname)} className="text-primary underline underline-offset-2">
            Sign in
          </Link>
        </Trans>
      </p>
    </div>
  );
}
