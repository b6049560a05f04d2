import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";

import { Avatar } from "@/ui/avatar";
import { ButtonLink } from "@/ui/button";
import { Card } from "@/ui/card";
import { Page } from "@/ui/page";

import type { User } from "./api";
import { EraseAccount } from "./erase-account";
import { PasswordForm } from "./password-form";
import { ProfileForm } from "./profile-form";
import { RequireSignIn } from "./require-sign-in";
import { useMe } from "./use-me";

export default function ProfilePage() {
  return (
    <RequireSignIn>
      <Profile />
    </RequireSignIn>
  );
}

function Profile() {
  const { t } = useLingui();
  const { me } = useMe();
  if (!me) return null;
  return (
    <Page title={t`Profile`} lead={me.email ?? <Trans>You are here as a guest.</Trans>} narrow>
      <div className="flex flex-col gap-5">
        {me.guest && (
          <Section title={<Trans>Keep what you did</Trans>}>
            <p className="quiet mb-4 text-sm text-pretty">
              <Trans>A guest is known in this browser only. With an account you find your sessions again anywhere.</Trans>
            </p>
            <ButtonLink to="/register?next=%2Fprofile" look="primary">
              <Trans>Create an account</Trans>
            </ButtonLink>
          </Section>
        )}
        <Section title={<Trans>How others see you</Trans>}>{me.provider ? <KeptElsewhere me={me} /> : <ProfileForm me={me} />}</Section>
        {!me.guest && !me.provider && (
          <Section title={<Trans>Password</Trans>}>
            <PasswordForm />
          </Section>
        )}
        <Section title={<Trans>Delete this account</Trans>}>
          <EraseAccount me={me} />
        </Section>
      </div>
    </Page>
  );
}

/** Who signs in by a provider changes these there. */
function KeptElsewhere({ me }: { me: User }) {
  return (
    <div className="flex items-center gap-4">
      <Avatar name={me.name} image={me.profileImage} size={56} />
      <div>
        <p className="font-medium">{me.name}</p>
        <p className="quiet text-sm text-pretty">
          <Trans>Your name, picture and password are kept where you sign in: change them there.</Trans>
        </p>
      </div>
    </div>
  );
}

function Section({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <Card className="p-5 sm:p-6">
      <h2 className="mb-4 font-semibold">{title}</h2>
      {children}
    </Card>
  );
}
