import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { Link, Navigate, useSearchParams } from "react-router";

import { fieldError } from "@/lib/api/client";
import { useConfig } from "@/lib/config";
import { FormError, TextInput } from "@/ui/field";
import { PasswordInput } from "@/ui/password-input";

import { AccountForm, text } from "./account-form";
import { useSignIn } from "./api";
import { nextPath, signInPath } from "./next";
import { OtherWays } from "./other-ways";
import { useMe } from "./use-me";

/** Why the provider's page led back here without a sign-in; `code` is the server's. */
function failureOf(code: string): string {
  if (code === "account_erased") return t`This account has been erased on this server.`;
  if (code.endsWith("_unavailable")) return t`The other sign-in does not answer just now. Try again in a moment.`;
  return t`Signing in did not work. Try again.`;
}

export default function SignInPage() {
  const [search] = useSearchParams();
  const { me } = useMe();
  const signIn = useSignIn();
  const next = nextPath(search);
  const ways = useConfig()?.signIn;
  const failed = search.get("error");
  // Also how it goes on after signing in. A guest may sign in to an account of their own.
  if (me && !me.guest) return <Navigate to={next} replace />;
  return (
    <AccountForm
      title={t`Sign in`}
      closed={ways?.embedded === false}
      otherWays={
        <>
          {failed && <FormError message={failureOf(failed)} />}
          <OtherWays ways={ways} next={next} />
        </>
      }
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
