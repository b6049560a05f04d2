import { Trans, useLingui } from "@lingui/react/macro";
import { CalendarCheck2, type LucideIcon, RotateCw, TriangleAlert, Unlink, UserX, Users } from "lucide-react";
import type { ReactNode } from "react";

import { messageOf, Refusal } from "@/lib/api/client";
import { Button, ButtonLink } from "@/ui/button";
import { Card } from "@/ui/card";
import { Icon } from "@/ui/icon";
import { PageTitle } from "@/ui/page";

interface Reason {
  icon: LucideIcon;
  title: string;
  /** What to do next. */
  advice: ReactNode;
  again: boolean;
}

/** Refusals that end the way in, as opposed to those that one corrects and goes on. */
const FINAL = new Set(["invite_not_found", "session_full", "session_completed", "removed"]);

export const isFinal = (error: unknown): boolean => error instanceof Refusal && FINAL.has(error.code);

interface Props {
  error: unknown;
  onRetry: () => void;
}

/** Why this invite leads nowhere, and what to do about it. */
export function NoWayIn({ error, onRetry }: Props) {
  const { icon, title, advice, again } = useReason(error);
  return (
    <div className="grid grow place-items-center px-4 py-12">
      <PageTitle>{title}</PageTitle>
      <Card className="w-full max-w-md p-6 text-center sm:p-8">
        <div role="alert" data-testid="join-refused" data-code={error instanceof Refusal ? error.code : "unknown"}>
          <Icon of={icon} size={28} className="quiet mx-auto mb-3" />
          <h1 className="text-xl font-semibold tracking-tight text-balance">{title}</h1>
          <p className="quiet mt-2 text-pretty">{advice}</p>
        </div>
        <div className="mt-6 flex flex-wrap justify-center gap-2">
          {again && (
            <Button look="primary" icon={RotateCw} onClick={onRetry}>
              <Trans>Try again</Trans>
            </Button>
          )}
          <ButtonLink to="/">
            <Trans>To the start page</Trans>
          </ButtonLink>
        </div>
      </Card>
    </div>
  );
}

function useReason(error: unknown): Reason {
  const { t } = useLingui();
  switch (error instanceof Refusal ? error.code : "") {
    case "invite_not_found":
      return {
        icon: Unlink,
        title: t`This invite does not work`,
        advice: <Trans>It may be incomplete, withdrawn, or older than seven days. Check that you have the whole link, or ask the host for a new one.</Trans>,
        again: false,
      };
    case "session_full":
      return {
        icon: Users,
        title: t`This session is full`,
        advice: <Trans>Every seat is taken. Tell the host that you are here: as soon as somebody leaves you can come in with the same link.</Trans>,
        again: true,
      };
    case "session_completed":
      return {
        icon: CalendarCheck2,
        title: t`This interview is over`,
        advice: <Trans>The host has ended the session. If you took part, you find it among your past sessions on the dashboard.</Trans>,
        again: false,
      };
    case "removed":
      return {
        icon: UserX,
        title: t`You were taken out of this session`,
        advice: <Trans>The host has removed you. If that was a mistake, ask the host for a new invite.</Trans>,
        again: false,
      };
    default:
      return { icon: TriangleAlert, title: t`The invite could not be opened`, advice: messageOf(error), again: true };
  }
}
