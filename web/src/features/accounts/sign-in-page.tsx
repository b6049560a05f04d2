import { Trans, useLingui } from "@lingui/react/macro";
import { Link, Navigate, useSearchParams } from "react-router";

import { fieldError } from "@/lib/api/client";
import { TextInput } from "@/ui/field";
import { PasswordInput } from "@/ui/password-input";

import { AccountForm, text } from "./account-form";
import { useSignIn } from "./api";
import { nextPath, signInPath } from "./next";
import { useMe } from "./use-me";

export default function SignInPage() {
  const { t } = useLingui();
  const [search] = useSearchParams();
  const { me } = useMe();
  const signIn = useSignIn();
  const next = nextPath(search);
  // Also how it goes on after signing in. A guest may sign in to an account of their own.
  if (me && !me.guest) return <Navigate to={next} replace />;
  return (
    <AccountForm
      title={t`Sign in`}
      submit={<Trans>Sign in</Trans>}
      busy={signIn.isPending}
      error={signIn.error}
      onSubmit={(form) => signIn.mutate({ email: text(form, "email"), password: text(form, "password") })}
      footer={
        <Trans>
          New here?{" "}
          <Link className="link" to={signInPath(next, "/register")}>
            Create an account
          </Link>
        </Trans>
      }
    >
      <TextInput
        label={<Trans>E-mail</Trans>}
        name="email"
        type="email"
        autoComplete="username"
        required
        error={fieldError(signIn.error, "email")}
      />
      <PasswordInput
        label={<Trans>Password</Trans>}
        name="password"
        autoComplete="current-password"
        required
        error={fieldError(signIn.error, "password")}
      />
    </AccountForm>
  );
}
