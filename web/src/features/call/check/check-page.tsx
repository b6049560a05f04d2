import { Trans, useLingui } from "@lingui/react/macro";
import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { useSearchParams } from "react-router";

import { ButtonLink } from "@/ui/button";
import { Card } from "@/ui/card";
import { Page } from "@/ui/page";

import { CheckRow } from "./check-row";
import { DeviceChecks } from "./device-checks";
import { BROWSER, type CheckId, type Findings, NETWORK } from "./model";
import { SummaryCard } from "./summary-card";
import { useCheckup } from "./use-checkup";

/** `/check`: what of a call will work, before it begins. `?invite=` and `?session=` lead back to where one came from. */
export default function CheckPage() {
  const { t } = useLingui();
  const [query] = useSearchParams();
  const invite = query.get("invite");
  const { checkup, ...state } = useCheckup(invite);
  return (
    <Page
      title={t`Test your connection`}
      lead={<Trans>Camera, sound and network, before it counts.</Trans>}
      actions={<WayBack invite={invite} session={query.get("session")} />}
    >
      <div className="flex flex-col gap-5">
        <SummaryCard findings={state.findings} phase={state.phase} onRun={() => void checkup.run()} />
        <div className="grid items-start gap-5 lg:grid-cols-[5fr_6fr]">
          <Part title={<Trans>Camera and sound</Trans>}>
            <Card className="overflow-hidden">
              <DeviceChecks {...state} checkup={checkup} />
            </Card>
          </Part>
          <Part title={<Trans>Network</Trans>}>
            <Rows ids={NETWORK} findings={state.findings} className="divide-y divide-base-300" />
          </Part>
        </div>
        <Part title={<Trans>Browser</Trans>}>
          <Rows ids={BROWSER} findings={state.findings} className="grid sm:grid-cols-2 xl:grid-cols-4" />
        </Part>
        <p className="quiet text-sm text-pretty">
          <Trans>The report is plain text for whoever helps you. It holds no addresses, no names of people or devices, and nothing secret.</Trans>
        </p>
      </div>
    </Page>
  );
}

function Part({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-2.5 font-semibold">{title}</h2>
      {children}
    </section>
  );
}

interface RowsProps {
  ids: readonly CheckId[];
  findings: Findings;
  className: string;
}

function Rows({ ids, findings, className }: RowsProps) {
  return (
    <Card>
      <ul className={className}>
        {ids.map((id) => (
          <CheckRow key={id} id={id} finding={findings[id]} />
        ))}
      </ul>
    </Card>
  );
}

function WayBack({ invite, session }: { invite: string | null; session: string | null }) {
  if (invite) {
    return (
      <ButtonLink to={`/join/${encodeURIComponent(invite)}`} icon={ArrowLeft}>
        <Trans>Back to your invite</Trans>
      </ButtonLink>
    );
  }
  if (session) {
    return (
      <ButtonLink to={`/session/${encodeURIComponent(session)}`} icon={ArrowLeft}>
        <Trans>Back to the session</Trans>
      </ButtonLink>
    );
  }
  return null;
}
