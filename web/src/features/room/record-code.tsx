import { Trans, useLingui } from "@lingui/react/macro";
import { Download } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";

import { EditorSettingsButton } from "@/features/execution/editor-settings-button";
import { useLanguages } from "@/features/execution/api";
import type { Session } from "@/features/sessions/api";
import { IconButton } from "@/ui/button";
import { CopyButton } from "@/ui/copy-button";
import { Loading } from "@/ui/spinner";
import { ErrorState } from "@/ui/states";
import { TabList, TabPanel } from "@/ui/tabs";
import { useMe } from "@/features/accounts/use-me";

import { useDownloadFiles, useRecord } from "./api";
import { forget } from "./doc/outbox";
import { outboxName } from "./doc/room-document";
import { staffOutboxName } from "./staff/staff-document";

const ReadOnlyEditor = lazy(() => import("./read-only-editor"));

/** The files as they were at the end; the one that was shown last comes first into view. */
export function RecordCode({ session }: { session: Session }) {
  const { t } = useLingui();
  const record = useRecord(session.id);
  const languages = useLanguages();
  const [chosen, setChosen] = useState<string | null>(null);
  const download = useDownloadFiles(session.id, session.problemSlug || "files");
  useForgetUnsaved(session.id);
  if (record.error) return <ErrorState error={record.error} onRetry={() => void record.refetch()} />;
  if (!record.data) return <Loading />;

  const { activeFile, pads } = record.data;
  const padAt = (path: string) => pads.findIndex(({ id }) => path.startsWith(`${id}/`));
  // The first pad's, of which `pads` knows nothing, come first; each further one's together.
  const files = record.data.files.toSorted((one, other) => padAt(one.path) - padAt(other.path));
  // Behind a pad's id, which nobody wants to read, its title.
  const nameOf = (path: string) => {
    const pad = pads.find(({ id }) => path.startsWith(`${id}/`));
    return pad ? `${pad.title}/${path.slice(pad.id.length + 1)}` : path;
  };
  const file = files.find(({ path }) => path === (chosen ?? activeFile)) ?? files[0];
  if (!file) return null;
  const language = languages.data?.languages.find(({ id }) => id === file.language);
  return (
    <section aria-label={t`Final code`} className="flex h-full min-h-0 flex-col bg-base-100">
      <div className="flex items-center gap-1 border-b border-base-300 pr-2">
        <TabList
          name="files"
          label={t`Files`}
          tabs={files.map(({ path }) => ({
            id: path,
            label: nameOf(path),
            badge: path === activeFile && (
              <span className="quiet text-xs font-normal">
                <Trans>last shown</Trans>
              </span>
            ),
          }))}
          selected={file.path}
          onSelect={setChosen}
          className="min-w-0 grow"
        />
        <CopyButton text={file.text} label={t`Copy the code`} />
        <IconButton icon={Download} label={t`Download all files as zip`} busy={download.isPending} onClick={() => download.mutate(undefined)} />
        <EditorSettingsButton />
      </div>
      <TabPanel name="files" id={file.path} selected={file.path} className="min-h-0 grow">
        <Suspense fallback={<Loading />}>
          <ReadOnlyEditor label={nameOf(file.path)} text={file.text} monacoLanguage={language?.monaco ?? file.language} />
        </Suspense>
      </TabPanel>
    </section>
  );
}

/** What this browser kept because it could not be sent is of no use any more. */
function useForgetUnsaved(sessionId: string): void {
  const { me } = useMe();
  const id = me?.id;
  useEffect(() => {
    if (!id) return;
    void forget(outboxName(sessionId, id));
    void forget(staffOutboxName(sessionId, id));
  }, [sessionId, id]);
}
