import { Trans, useLingui } from "@lingui/react/macro";
import { Link, Navigate, useSearchParams } from "react-router";

import { fieldError } from "@/lib/api/client";
import { useConfig } from "@/lib/config";
import { TextInput } from "@/ui/field";
import { PasswordInput } from "@/ui/password-input";

import { AccountForm, text } from "./account-form";
import { useRegister } from "./api";
import { nextPath, signInPath } from "./next";
import { OtherWays } from "./other-ways";
import { useMe } from "./use-me";

export default function RegisterPage() {
  const { t } = useLingui();
  const [search] = useSearchParams();
  const { me } = useMe();
  const config = useConfig();
  const limits = config?.limits;
  const register = useRegister();
  const next = nextPath(search);
  if (me && !me.guest) return <Navigate to={next} replace />;
  if (config?.signIn.embedded === false) return <Navigate to={signInPath(next)} replace />;
  const shortest = limits?.passwordMin;
  return (
    <AccountForm
      title={t`Create an account`}
      otherWays={<OtherWays ways={config?.signIn} next={next} />}
      submit={<Trans>Create account</Trans>}
      busy={register.isPending}
      error={register.error}
      onSubmit={(form) =>
        register.mutate({ name: text(form, "name"), email: text(form, "email"), password: text(form, "password") })
      }
      footer={
        <Trans>
          You have an account?{" "}
          <Link className="link" to={signInPath(next)}>
            Sign in
          </Link>
        </Trans>
      }
    >
      {me?.guest && (
        <p className="rounded-field bg-info/10 px-3 py-2 text-sm text-info">
          <Trans>You are here as a guest. What you took part in will belong to your new account.</Trans>
        </p>
      )}
      <TextInput
        label={<Trans>Name</Trans>}
        hint={<Trans>As others see you in an interview.</Trans>}
        name="name"
        autoComplete="name"
        defaultValue={me?.name}
        maxLength={limits?.nameMax}
        required
        error={fieldError(register.error, "name")}
      />
      <TextInput
        label={<Trans>E-mail</Trans>}
        name="email"
        type="email"
        autoComplete="username"
        required
        error={fieldError(register.error, "email")}
      />
      <PasswordInput
        label={<Trans>Password</Trans>}
        hint={shortest === undefined ? undefined : <Trans>At least {shortest} characters.</Trans>}
        name="password"
        autoComplete="new-password"
        minLength={shortest}
        required
        error={fieldError(register.error, "password")}
      />
    </AccountForm>
  );
}
