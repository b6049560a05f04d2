import { Trans, useLingui } from "@lingui/react/macro";
import { DoorClosed, FileX, type LucideIcon, RotateCw, UserX } from "lucide-react";
import type { ReactNode } from "react";
import { useLocation } from "react-router";

import { signInPath } from "@/features/accounts/next";
import { Button, ButtonLink } from "@/ui/button";
import { PageTitle } from "@/ui/page";
import { EmptyState } from "@/ui/states";

import type { Refusal } from "./events/room-context";

/** Instead of the room: why one is not (or no longer) in it, and where to go. */
export function RefusalScreen({ refusal }: { refusal: Refusal | null }) {
  const here = useLocation();
  const home = (
    <ButtonLink to="/">
      <Trans>To the start page</Trans>
    </ButtonLink>
  );
  const reload = (
    <Button icon={RotateCw} onClick={() => location.reload()}>
      <Trans>Reload</Trans>
    </Button>
  );
  switch (refusal?.code) {
    case "removed":
      return (
        <Screen icon={UserX} title={<Trans>You are no longer in this session</Trans>} action={home}>
          <Trans>The host took you out of it, or you left it in another window. What you wrote stays with the session.</Trans>
        </Screen>
      );
    case "forbidden":
      return (
        <Screen icon={DoorClosed} title={<Trans>You are not in this session</Trans>} action={home}>
          <Trans>Ask the host for an invite link.</Trans>
        </Screen>
      );
    case "unauthenticated":
      return (
        <Screen
          icon={DoorClosed}
          title={<Trans>You have been signed out</Trans>}
          action={
            <ButtonLink look="primary" to={signInPath(here.pathname)}>
              <Trans>Sign in</Trans>
            </ButtonLink>
          }
        >
          <Trans>Sign in again to go on. What you typed last is kept in this browser.</Trans>
        </Screen>
      );
    case "not_found":
      return <NoSuchSession />;
    default:
      return (
        <Screen icon={RotateCw} title={<Trans>This page no longer fits the server</Trans>} action={reload}>
          <Trans>The server has probably been updated. Reload the page; what you typed last is kept in this browser.</Trans>
        </Screen>
      );
  }
}

/** Also for a private session that one is not in: whether it exists is nobody's business. */
export function NoSuchSession() {
  return (
    <Screen
      icon={FileX}
      title={<Trans>There is no such session</Trans>}
      action={
        <ButtonLink to="/">
          <Trans>To the start page</Trans>
        </ButtonLink>
      }
    >
      <Trans>It does not exist, or it is private and you are not in it. If you were invited, open your invite link again.</Trans>
    </Screen>
  );
}

interface ScreenProps {
  icon: LucideIcon;
  title: ReactNode;
  action: ReactNode;
  children: ReactNode;
}

function Screen({ icon, title, action, children }: ScreenProps) {
  const { t } = useLingui();
  return (
    <main className="grid min-h-dvh place-items-center">
      <PageTitle>{t`Session`}</PageTitle>
      <EmptyState icon={icon} title={<h1 className="text-lg">{title}</h1>} action={action}>
        {children}
      </EmptyState>
    </main>
  );
}
