import { Trans, useLingui } from "@lingui/react/macro";
import { useRef } from "react";

import { fieldError, messageOf } from "@/lib/api/client";
import { useConfig } from "@/lib/config";
import { Button } from "@/ui/button";
import { FormError } from "@/ui/field";
import { PasswordInput } from "@/ui/password-input";
import { toast } from "@/ui/toast";

import { text } from "./account-form";
import { useUpdateMe } from "./api";

export function PasswordForm() {
  const { t } = useLingui();
  const shortest = useConfig()?.limits.passwordMin;
  const update = useUpdateMe();
  const form = useRef<HTMLFormElement>(null);
  const errors = { current: fieldError(update.error, "currentPassword"), next: fieldError(update.error, "password") };

  const save = (data: FormData) =>
    update.mutate(
      { password: text(data, "password"), currentPassword: text(data, "currentPassword") },
      {
        onSuccess: () => {
          form.current?.reset();
          toast.success(t`Your password is changed. Everywhere else you are signed out.`);
        },
      },
    );

  return (
    <form
      ref={form}
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save(new FormData(event.currentTarget));
      }}
    >
      <PasswordInput label={<Trans>Current password</Trans>} name="currentPassword" autoComplete="current-password" required error={errors.current} />
      <PasswordInput
        label={<Trans>New password</Trans>}
        name="password"
        autoComplete="new-password"
        minLength={shortest}
        required
        hint={shortest === undefined ? undefined : <Trans>At least {shortest} characters. Everywhere else you will be signed out.</Trans>}
        error={errors.next}
      />
      <FormError message={update.error && !errors.current && !errors.next ? messageOf(update.error) : undefined} />
      <Button type="submit" className="self-start" busy={update.isPending}>
        <Trans>Change password</Trans>
      </Button>
    </form>
  );
}
