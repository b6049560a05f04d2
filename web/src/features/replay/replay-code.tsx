import { Trans, useLingui } from "@lingui/react/macro";
import { Code2, Eye, Presentation } from "lucide-react";
import { useState } from "react";

import type { Language } from "@/features/execution/model";
import { padOf } from "@/features/room/doc/shared-pads";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { EmptyState } from "@/ui/states";
import { TabList, TabPanel } from "@/ui/tabs";

import type { Code } from "./code-track";
import { CodeView } from "./code-view";
import type { Played } from "./player";
import type { Track } from "./track";

/** Where the reader went by themselves. `path`: null: to what the pad shows. */
interface Chosen {
  pad: string;
  path: string | null;
}

interface Props {
  track: Track;
  state: Played;
  languages: readonly Language[];
}

/** The pads and files at this moment: where people were, or where the reader went. */
export function ReplayCode({ track, state, languages }: Props) {
  const { t } = useLingui();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const { pads, shown } = state.code;
  const { pad, file, files } = placeIn(state.code, chosen);
  const writer = track.nameOf(track.authors[state.count - 1] ?? null);
  const tabs = pads.map(({ id, title }, index) => ({
    id,
    label: <span className="max-w-48 truncate">{(id === "" ? track.title : title) || t`Pad ${index + 1}`}</span>,
    badge: pads.length > 1 && id === shown && <ShownToAll />,
  }));
  const content = file ? (
    <Files state={state} files={files} file={file} language={languages.find(({ id }) => id === pad.language)?.name ?? pad.language} writer={writer} onSelect={(path) => setChosen({ pad: pad.id, path })} onFollow={chosen && (() => setChosen(null))} />
  ) : (
    <EmptyState icon={Code2} title={<Trans>There is no code yet</Trans>} />
  );
  return (
    <section aria-label={t`Code`} className="flex h-full min-h-0 flex-col bg-base-100" data-pad={pad.id} data-file={file?.path}>
      {pads.length > 1 ? (
        <>
          <TabList name="replay-pads" label={t`Problems and pads`} tabs={tabs} selected={pad.id} onSelect={(id) => setChosen({ pad: id, path: null })} className="border-b border-base-300" />
          <TabPanel name="replay-pads" id={pad.id} selected={pad.id} className="flex min-h-0 grow flex-col">
            {content}
          </TabPanel>
        </>
      ) : (
        content
      )}
    </section>
  );
}

/** As far as there is such a pad or file at this moment. */
function placeIn({ pads, shown, files, focus }: Code, chosen: Chosen | null) {
  const followed = focus === null ? shown : padOf(focus, pads);
  const pad = pads.find(({ id }) => id === (chosen?.pad ?? followed)) ?? pads[0] ?? { id: "", title: "", language: null, file: null };
  const inPad = files.filter((one) => one.pad === pad.id);
  const wanted = [chosen?.path, chosen ? null : focus, pad.file];
  const file = wanted.map((path) => inPad.find((one) => one.path === path)).find((one) => one !== undefined) ?? inPad[0];
  return { pad, file, files: inPad };
}

function ShownToAll() {
  const { t } = useLingui();
  return (
    <span role="img" aria-label={t`shown to everybody`} title={t`shown to everybody`}>
      <Icon of={Presentation} size={13} className="quiet" />
    </span>
  );
}

interface FilesProps {
  state: Played;
  files: Code["files"];
  file: Code["files"][number];
  /** Of the pad. */
  language: string | null;
  /** Whose the last change was. */
  writer: string | null;
  onSelect: (path: string) => void;
  /** Missing: one follows. */
  onFollow: (() => void) | null;
}

function Files({ state, files, file, language, writer, onSelect, onFollow }: FilesProps) {
  const { t } = useLingui();
  const { edit } = state.code;
  return (
    <>
      <div className="flex items-center gap-2 border-b border-base-300 pr-2">
        <TabList
          name="replay-files"
          label={t`Files`}
          tabs={files.map((one) => ({ id: one.path, label: one.name }))}
          selected={file.path}
          onSelect={onSelect}
          className="min-w-0 grow"
        />
        {language && (
          <span className="quiet shrink-0 text-xs max-sm:hidden" data-testid="replay-language">
            {language}
          </span>
        )}
        {writer && <span className="quiet max-w-40 truncate text-xs">{t`Last change: ${writer}`}</span>}
        {onFollow && (
          <Button size="s" icon={Eye} onClick={onFollow}>
            <Trans>Follow</Trans>
          </Button>
        )}
      </div>
      <TabPanel name="replay-files" id={file.path} selected={file.path} className="min-h-0 grow">
        <CodeView path={file.path} label={file.name} text={file.text} edit={edit?.path === file.path ? edit : null} />
      </TabPanel>
    </>
  );
}
