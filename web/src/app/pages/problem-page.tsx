import { Trans, useLingui } from "@lingui/react/macro";
import { ArrowLeft, Code2, FileText, Users } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Link, useLocation, useNavigate, useParams } from "react-router";

import { signInPath } from "@/features/accounts/next";
import { useMe } from "@/features/accounts/use-me";
import { type Problem, useProblem } from "@/features/problems/api";
import { ProblemStatement } from "@/features/problems/problem-statement";
import { CreateSessionDialog } from "@/features/sessions/create-session-dialog";
import { Refusal } from "@/lib/api/client";
import { useWide } from "@/lib/use-wide";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { PageTitle } from "@/ui/page";
import { Loading } from "@/ui/spinner";
import { SplitPane } from "@/ui/split-pane";
import { ErrorState } from "@/ui/states";
import { TabList, TabPanel } from "@/ui/tabs";

import { NotFound } from "../not-found";

const Workbench = lazy(async () => ({ default: (await import("@/features/execution/solo-workbench")).SoloWorkbench }));

export default function ProblemPage() {
  const { slug = "" } = useParams();
  const problem = useProblem(slug);
  if (problem.error instanceof Refusal && problem.error.status === 404) return <NotFound />;
  if (problem.error) return <ErrorState error={problem.error} onRetry={() => void problem.refetch()} />;
  return problem.data ? <ProblemDesk key={slug} problem={problem.data} /> : <Loading />;
}

/** Statement and editor side by side; on narrow windows one at a time. */
function ProblemDesk({ problem }: { problem: Problem }) {
  const { t } = useLingui();
  const wide = useWide();
  const statement = (
    <div className="relative h-full overflow-y-auto px-4 py-5 sm:px-6">
      <ProblemStatement problem={problem} />
    </div>
  );
  const workbench = (
    <Suspense fallback={<Loading label={t`Loading the editor`} />}>
      <Workbench problem={problem} />
    </Suspense>
  );
  return (
    <div className="flex h-[calc(100dvh-var(--bar))] flex-col bg-base-100">
      <PageTitle>{problem.title}</PageTitle>
      <Bar problem={problem} />
      {wide ? (
        <SplitPane name="problem" label={t`Width of the problem`} direction="row" initial={42} start={statement} end={workbench} className="grow" />
      ) : (
        <Narrow statement={statement} workbench={workbench} />
      )}
    </div>
  );
}

function Bar({ problem }: { problem: Problem }) {
  const { me } = useMe();
  const here = useLocation();
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  return (
    <div className="flex items-center justify-between gap-3 border-b border-base-300 px-2 py-1.5 sm:px-4">
      <Link to="/problems" className="btn btn-ghost btn-sm font-medium">
        <Icon of={ArrowLeft} />
        <Trans>All problems</Trans>
      </Link>
      <Button look="primary" size="s" icon={Users} onClick={() => (me ? setCreating(true) : void navigate(signInPath(here.pathname)))}>
        <Trans>Create Interview Session</Trans>
      </Button>
      <CreateSessionDialog open={creating} onClose={() => setCreating(false)} problem={problem} />
    </div>
  );
}

interface NarrowProps {
  statement: React.ReactNode;
  workbench: React.ReactNode;
}

function Narrow({ statement, workbench }: NarrowProps) {
  const { t } = useLingui();
  const [tab, setTab] = useState<"problem" | "code">("problem");
  const tabs = [
    { id: "problem" as const, label: t`Problem`, icon: FileText },
    { id: "code" as const, label: t`Code`, icon: Code2 },
  ];
  return (
    <>
      <TabList name="desk" label={t`Parts of the page`} tabs={tabs} selected={tab} onSelect={setTab} spread className="shrink-0 border-b border-base-300" />
      <TabPanel name="desk" id="problem" selected={tab} className="min-h-0 grow">
        {statement}
      </TabPanel>
      <TabPanel name="desk" id="code" selected={tab} keep className="min-h-0 grow">
        {workbench}
      </TabPanel>
    </>
  );
}
