import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ArrowLeft, Code2, FileText, Film, MessageSquare, NotebookPen, Play } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Link, useSearchParams } from "react-router";

import { DifficultyBadge } from "@/features/problems/difficulty-badge";
import { mayReplay } from "@/features/replay/api";
import { ExportMenu } from "@/features/replay/export-menu";
import type { Session } from "@/features/sessions/api";
import { dateTime, duration } from "@/lib/format";
import { useWide } from "@/lib/use-wide";
import { Avatar } from "@/ui/avatar";
import { BrandMark } from "@/ui/brand";
import { Icon } from "@/ui/icon";
import { PageTitle } from "@/ui/page";
import { Loading } from "@/ui/spinner";
import { SplitPane } from "@/ui/split-pane";
import { TabList, TabPanel } from "@/ui/tabs";
import { ThemeMenu } from "@/ui/theme-menu";

import { RecordChat } from "./record-chat";
import { RecordCode } from "./record-code";
import { RecordRuns } from "./record-runs";
import { isStaff } from "./rights";
import { RecordNotes } from "./staff/record-notes";
import { useRoleName } from "./use-role-name";

const SessionReplay = lazy(() => import("@/features/replay/session-replay"));

interface Props {
  session: Session;
  /** Id of the reader. */
  me: string;
}

/** What is left of a session that is over: the final code, the runs, the chat, who was there. */
export function RecordPage({ session, me }: Props) {
  const { t } = useLingui();
  const wide = useWide();
  const replay = mayReplay(session, me);
  const staff = session.host.id === me || session.participants.some(({ id, role }) => id === me && isStaff({ role }));
  const parts = {
    code: <RecordCode session={session} />,
    runs: <RecordRuns session={session} me={me} />,
    chat: <RecordChat session={session} me={me} />,
    notes: staff && <RecordNotes session={session} />,
  };
  const record = wide ? <Wide {...parts} /> : <Narrow {...parts} />;
  return (
    <div className="flex h-dvh flex-col overflow-hidden bg-base-200" data-record={session.id}>
      <PageTitle>{t`${session.problem}, past session`}</PageTitle>
      <header className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-b border-base-300 bg-base-100 px-3 py-2">
        <Link to="/dashboard" className="flex items-center gap-2 rounded-field text-sm" aria-label={t`Back to the dashboard`}>
          <Icon of={ArrowLeft} className="quiet" />
          <BrandMark size={22} />
        </Link>
        <h1 className="font-semibold tracking-tight">{session.problem}</h1>
        <DifficultyBadge difficulty={session.difficulty} />
        <Facts session={session} />
        <span className="grow" />
        {replay && <ExportMenu session={session} me={me} />}
        <ThemeMenu />
      </header>
      <People session={session} />
      {replay ? <RecordOrReplay session={session} record={record} /> : <main className="min-h-0 grow">{record}</main>}
    </div>
  );
}

/** How it was at the end, or how it came about; the address says which. */
function RecordOrReplay({ session, record }: { session: Session; record: React.ReactNode }) {
  const { t } = useLingui();
  const [search, setSearch] = useSearchParams();
  const view = search.get("view") === "replay" ? "replay" : "record";
  return (
    <main className="flex min-h-0 grow flex-col">
      <TabList
        name="past"
        label={t`Views of this session`}
        tabs={[
          { id: "record", label: t`Record`, icon: FileText },
          { id: "replay", label: t`Replay`, icon: Film },
        ]}
        selected={view}
        onSelect={(id) => setSearch(id === "replay" ? { view: id } : {}, { replace: true })}
        className="shrink-0 border-b border-base-300 bg-base-100"
      />
      <TabPanel name="past" id="record" selected={view} className="min-h-0 grow">
        {record}
      </TabPanel>
      <TabPanel name="past" id="replay" selected={view} className="min-h-0 grow">
        <Suspense fallback={<Loading />}>
          <SessionReplay session={session} />
        </Suspense>
      </TabPanel>
    </main>
  );
}

function Facts({ session }: { session: Session }) {
  const end = session.endedAt ?? session.updatedAt;
  // What was prepared before the start was not the interview.
  const start = session.startedAt ?? session.createdAt;
  const length = duration(Date.parse(end) - Date.parse(start));
  const began = dateTime(start);
  return (
    <p className="quiet text-sm">
      <Trans>
        {began}, {length}
      </Trans>
    </p>
  );
}

function People({ session }: { session: Session }) {
  const roleName = useRoleName();
  const all = [{ ...session.host, role: "host" as const }, ...session.participants];
  const count = all.length;
  return (
    <section
      aria-labelledby="who-was-there"
      className="flex shrink-0 flex-wrap items-center gap-x-5 gap-y-1.5 border-b border-base-300 bg-base-100 px-3 py-2 text-sm"
    >
      <h2 id="who-was-there" className="quiet">
        <Plural value={count} one="# person" other="# people" />
      </h2>
      <ul className="contents">
        {all.map(({ id, name, profileImage, role }) => (
          <li key={id} className="flex items-center gap-1.5">
            <Avatar name={name} image={profileImage} size={20} />
            <span className="font-medium">{name}</span>
            <span className="quiet">{roleName(role)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

type Parts = Record<"code" | "runs" | "chat" | "notes", React.ReactNode>;

function Wide({ code, runs, chat, notes }: Parts) {
  const { t } = useLingui();
  return (
    <SplitPane
      name="record"
      label={t`Width of the code`}
      direction="row"
      initial={68}
      min={30}
      start={<SplitPane name="record-runs" label={t`Height of the code`} direction="column" initial={62} start={code} end={runs} />}
      end={notes ? <SplitPane name="record-notes" label={t`Height of the chat`} direction="column" initial={50} start={chat} end={notes} /> : chat}
    />
  );
}

function Narrow(parts: Parts) {
  const { t } = useLingui();
  const [part, setPart] = useState<keyof Parts>("code");
  return (
    <div className="flex h-full flex-col">
      <TabList
        name="record"
        label={t`Parts of the record`}
        tabs={[
          { id: "code", label: t`Code`, icon: Code2 },
          { id: "runs", label: t`Runs`, icon: Play },
          { id: "chat", label: t`Chat`, icon: MessageSquare },
          ...(parts.notes ? [{ id: "notes", label: t`Notes`, icon: NotebookPen } as const] : []),
        ]}
        selected={part}
        onSelect={setPart}
        spread
        className="shrink-0 border-b border-base-300 bg-base-100"
      />
      {(["code", "runs", "chat", "notes"] as const).map((id) => (
        <TabPanel key={id} name="record" id={id} selected={part} className="min-h-0 grow">
          {parts[id]}
        </TabPanel>
      ))}
    </div>
  );
}
