import { Trans, useLingui } from "@lingui/react/macro";
import { Hourglass } from "lucide-react";

import { Disclosure } from "@/features/integrity/disclosure";
import { Avatar } from "@/ui/avatar";
import { ButtonLink } from "@/ui/button";
import { Card } from "@/ui/card";
import { Icon } from "@/ui/icon";
import { PageTitle } from "@/ui/page";
import { ThemeMenu } from "@/ui/theme-menu";

import type { Waiting } from "./events/types";
import { useRoleName } from "./use-role-name";

/** In front of the room, until somebody lets them in or what they came for is started. The page goes on by itself. */
export function WaitingRoom({ waiting }: { waiting: Waiting }) {
  const { t } = useLingui();
  const roleName = useRoleName();
  const { me, hostName, reason } = waiting;
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-12" data-testid="waiting-room" data-reason={reason}>
      <PageTitle>{t`Waiting room`}</PageTitle>
      <Card className="w-full max-w-md p-6 text-center sm:p-8">
        <Icon of={Hourglass} size={28} className="quiet mx-auto mb-3" />
        <h1 className="text-xl font-semibold tracking-tight text-balance">
          <Trans>You are in the waiting room</Trans>
        </h1>
        <p role="status" className="quiet mt-2 text-pretty">
          {reason === "lobby"
            ? t`${hostName} sees that you are here and lets you in. Keep this page open: it goes on by itself.`
            : t`${hostName} is preparing the interview. Keep this page open: it opens by itself when it starts.`}
        </p>
        <div className="mt-5 flex items-center gap-3 rounded-field bg-base-200 px-3 py-2.5 text-left text-sm">
          <Avatar name={me.name} image={null} color={me.color} size={32} />
          <div className="min-w-0">
            <p className="truncate font-medium">{me.name}</p>
            <p className="quiet">{roleName(me.role)}</p>
          </div>
        </div>
        {me.role === "candidate" && (
          <div className="mt-5 text-left">
            <Disclosure aiPolicy={waiting.aiPolicy} aiNote={waiting.aiNote} />
          </div>
        )}
        <div className="mt-5 flex items-center justify-center gap-2">
          <ButtonLink to="/">
            <Trans>To the start page</Trans>
          </ButtonLink>
          <ThemeMenu />
        </div>
      </Card>
    </main>
  );
}
