import { Trans, useLingui } from "@lingui/react/macro";
import { Archive, DoorOpen, MessagesSquare, Plus } from "lucide-react";
import { type ReactNode, useState } from "react";

import { RequireSignIn } from "@/features/accounts/require-sign-in";
import { useMe } from "@/features/accounts/use-me";
import { useMySessions, useOpenSessions } from "@/features/sessions/api";
import { CreateSessionDialog } from "@/features/sessions/create-session-dialog";
import { JoinButton } from "@/features/sessions/join-button";
import { isIn } from "@/features/sessions/model";
import { SessionList } from "@/features/sessions/session-list";
import { SessionRow } from "@/features/sessions/session-row";
import { Button, ButtonLink } from "@/ui/button";
import { Card } from "@/ui/card";
import { Page } from "@/ui/page";
import { EmptyState } from "@/ui/states";

import { Numbers } from "./numbers";

export default function DashboardPage() {
  return (
    <RequireSignIn>
      <Dashboard />
    </RequireSignIn>
  );
}

function Dashboard() {
  const { t } = useLingui();
  const { me } = useMe();
  const [creating, setCreating] = useState(false);
  const [active, open, past] = [useMySessions("active"), useOpenSessions(), useMySessions("completed")];
  if (!me) return null;
  return (
    <Page
      title={t`Dashboard`}
      actions={
        <Button look="primary" icon={Plus} onClick={() => setCreating(true)}>
          <Trans>New session</Trans>
        </Button>
      }
    >
      <Numbers />
      <div className="mt-6 grid items-start gap-6 lg:grid-cols-2">
        <Section title={<Trans>Your sessions now</Trans>}>
          <SessionList
            query={active}
            empty={
              <EmptyState icon={MessagesSquare} title={<Trans>You are in no session</Trans>}>
                <Trans>Create one and send its link to a candidate, or join one that is open.</Trans>
              </EmptyState>
            }
          >
            {(session) => (
              <SessionRow
                session={session}
                me={me.id}
                action={
                  <ButtonLink to={`/session/${session.id}`} look="primary" size="s">
                    <Trans>Enter</Trans>
                  </ButtonLink>
                }
              />
            )}
          </SessionList>
        </Section>
        <Section title={<Trans>Open to join</Trans>}>
          <SessionList
            query={open}
            keep={(session) => !isIn(session, me.id)}
            empty={
              <EmptyState icon={DoorOpen} title={<Trans>No open session of others</Trans>}>
                <Trans>Sessions that anybody may join are listed here while they go on.</Trans>
              </EmptyState>
            }
          >
            {(session) => <SessionRow session={session} me={me.id} action={<JoinButton session={session} />} />}
          </SessionList>
        </Section>
        <Section title={<Trans>Past sessions</Trans>} wide>
          <SessionList
            query={past}
            empty={
              <EmptyState icon={Archive} title={<Trans>No past session</Trans>}>
                <Trans>After a session has ended you find its code, runs and chat here.</Trans>
              </EmptyState>
            }
          >
            {(session) => (
              <SessionRow
                session={session}
                me={me.id}
                action={
                  <ButtonLink to={`/session/${session.id}`} size="s">
                    <Trans>Look at it</Trans>
                  </ButtonLink>
                }
              />
            )}
          </SessionList>
        </Section>
      </div>
      <CreateSessionDialog open={creating} onClose={() => setCreating(false)} />
    </Page>
  );
}

function Section({ title, children, wide = false }: { title: ReactNode; children: ReactNode; wide?: boolean }) {
  return (
    <section className={wide ? "lg:col-span-2" : undefined}>
      <h2 className="mb-2 font-semibold">{title}</h2>
      <Card className="overflow-hidden">{children}</Card>
    </section>
  );
}
