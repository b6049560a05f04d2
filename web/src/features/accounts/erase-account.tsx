import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";

import { messageOf } from "@/lib/api/client";
import { Button } from "@/ui/button";
import { Dialog, DialogActions } from "@/ui/dialog";
import { FormError } from "@/ui/field";
import { PasswordInput } from "@/ui/password-input";
import { toastAfterReload } from "@/ui/toast";

import { text } from "./account-form";
import { type User, useEraseMe } from "./api";

export function EraseAccount({ me }: { me: User }) {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const erase = useEraseMe();
  const byPassword = !me.guest && !me.provider;

  const submit = (form: FormData) =>
    erase.mutate(byPassword ? text(form, "password") : null, {
      onSuccess: () => toastAfterReload(t`Your account is deleted.`),
    });
  const close = () => {
    setAsking(false);
    erase.reset();
  };

  return (
    <>
      <p className="quiet mb-4 text-sm text-pretty">
        {me.guest ? (
          <Trans>Your name and the runs you made outside of sessions are erased, and you leave the sessions you are in.</Trans>
        ) : (
          <Trans>
            Your name, e-mail address, picture and the runs you made outside of sessions are erased. Sessions that you host are
            ended for everybody, and you leave those of others.
          </Trans>
        )}{" "}
        <Trans>
          What you did in sessions stays with them, by “Somebody”. You are signed out everywhere. This cannot be taken back.
        </Trans>
      </p>
      <Button className="text-error" onClick={() => setAsking(true)}>
        <Trans>Delete account</Trans>
      </Button>
      <Dialog open={asking} onClose={close} title={<Trans>Delete this account?</Trans>}>
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            submit(new FormData(event.currentTarget));
          }}
        >
          <p className="quiet text-pretty">
            <Trans>This cannot be taken back.</Trans>
          </p>
          {byPassword && <PasswordInput label={<Trans>Your password</Trans>} name="password" autoComplete="current-password" required />}
          <FormError message={erase.error ? messageOf(erase.error) : undefined} />
          <DialogActions>
            <Button onClick={close}>
              <Trans>Cancel</Trans>
            </Button>
            <Button type="submit" look="danger" busy={erase.isPending}>
              <Trans>Delete account</Trans>
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </>
  );
}
