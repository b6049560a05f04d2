import { Trans, useLingui } from "@lingui/react/macro";
import { Code2, Eye } from "lucide-react";
import { useState } from "react";

import { Button } from "@/ui/button";
import { EmptyState } from "@/ui/states";
import { TabList, TabPanel } from "@/ui/tabs";

import { CodeView } from "./code-view";
import type { Played } from "./player";
import type { Track } from "./track";

/** The files at this moment: the one that people were at, or the one that the reader chose. */
export function ReplayCode({ track, state }: { track: Track; state: Played }) {
  const { t } = useLingui();
  const [chosen, setChosen] = useState<string | null>(null);
  const { files, focus, edit } = state.code;
  const path = chosen ?? focus;
  const file = files.find((one) => one.path === path) ?? files[0];
  const writer = track.nameOf(track.authors[state.count - 1] ?? null);
  if (!file) {
    return (
      <section aria-label={t`Code`} className="h-full bg-base-100">
        <EmptyState icon={Code2} title={<Trans>There is no code yet</Trans>} />
      </section>
    );
  }
  return (
    <section aria-label={t`Code`} className="flex h-full min-h-0 flex-col bg-base-100" data-file={file.path}>
      <div className="flex items-center gap-2 border-b border-base-300 pr-2">
        <TabList
          name="replay-files"
          label={t`Files`}
          tabs={files.map((one) => ({ id: one.path, label: one.label }))}
          selected={file.path}
          onSelect={setChosen}
          className="min-w-0 grow"
        />
        {writer && <span className="quiet max-w-40 truncate text-xs">{t`Last change: ${writer}`}</span>}
        {chosen !== null && (
          <Button size="s" icon={Eye} onClick={() => setChosen(null)}>
            <Trans>Follow</Trans>
          </Button>
        )}
      </div>
      <TabPanel name="replay-files" id={file.path} selected={file.path} className="min-h-0 grow">
        <CodeView path={file.path} label={file.label} text={file.text} edit={edit?.path === file.path ? edit : null} />
      </TabPanel>
    </section>
  );
}
