import { Trans, useLingui } from "@lingui/react/macro";
import { FileX } from "lucide-react";
import { useEffect, useState } from "react";

import { type KeptFiles, KeptFilesContext } from "@/features/chat/kept-files";
import { prepared } from "@/features/replay/load";
import { ReplayView } from "@/features/replay/replay-view";
import type { Track } from "@/features/replay/track";
import { dateTime, duration } from "@/lib/format";
import { BrandMark } from "@/ui/brand";
import { Loading } from "@/ui/spinner";
import { EmptyState } from "@/ui/states";

import { filesOf } from "./files-of";
import { BadFile, sessionOf } from "./session-of";

/** An exported session: who, when, and the replay. */
export function ReplayPage({ page }: { page: ParentNode }) {
  const [data] = useState(() => readOrWhyNot(page));
  const [files] = useState(() => filesOf(page));
  if (data instanceof BadFile) return <Unreadable reason={data.reason} />;
  return <Readable data={data} files={files} />;
}

function readOrWhyNot(page: ParentNode) {
  try {
    return sessionOf(page);
  } catch (error) {
    if (error instanceof BadFile) return error;
    throw error;
  }
}

function Readable({ data, files }: { data: ReturnType<typeof sessionOf>; files: KeptFiles }) {
  const { t } = useLingui();
  const [track, setTrack] = useState<Track | null>(null);
  useEffect(() => {
    let wanted = true;
    void prepared(data).then((made) => wanted && setTrack(made));
    return () => {
      wanted = false;
    };
  }, [data]);
  const { session } = data;
  const end = session.endedAt ?? session.updatedAt;
  const began = dateTime(session.createdAt);
  const length = duration(Date.parse(end) - Date.parse(session.createdAt));
  const names = [session.host, ...session.participants].map(({ name }) => name).join(", ");
  useEffect(() => {
    document.title = t`${session.problem}, replay`;
  }, [session.problem, t]);
  return (
    <div className="flex h-dvh flex-col overflow-hidden bg-base-200">
      <header className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-base-300 bg-base-100 px-3 py-2">
        <BrandMark size={22} />
        <h1 className="font-semibold tracking-tight">{session.problem}</h1>
        <p className="quiet text-sm">
          <Trans>
            {began}, {length}
          </Trans>
        </p>
        <p className="quiet min-w-0 text-sm wrap-anywhere">{names}</p>
      </header>
      <main className="min-h-0 grow">
        <KeptFilesContext value={files}>{track ? <ReplayView track={track} languages={[]} /> : <Loading label={t`Loading the replay`} />}</KeptFilesContext>
      </main>
    </div>
  );
}

function Unreadable({ reason }: { reason: BadFile["reason"] }) {
  return (
    <main className="grid min-h-dvh place-items-center">
      {reason === "incomplete" ? (
        <EmptyState icon={FileX} title={<Trans>This file is not complete</Trans>}>
          <Trans>Its end is missing: the download was cut off. Export the session again.</Trans>
        </EmptyState>
      ) : (
        <EmptyState icon={FileX} title={<Trans>This file cannot be played</Trans>}>
          <Trans>Another version of Interview Platform has made it.</Trans>
        </EmptyState>
      )}
    </main>
  );
}
