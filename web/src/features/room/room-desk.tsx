import { Trans, useLingui } from "@lingui/react/macro";
import { Eye, EyeOff, FolderTree, Lock, MonitorUp } from "lucide-react";
import { lazy, Suspense, useEffect, useEffectEvent, useState } from "react";

import { useEditorKind } from "@/features/execution/editor-kind";
import { EditorSettingsButton } from "@/features/execution/editor-settings-button";
import type { Language } from "@/features/execution/model";
import { onRunShortcut } from "@/features/execution/run-shortcut";
import { classes } from "@/lib/classes";
import { Badge } from "@/ui/badge";
import { IconButton } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { Loading } from "@/ui/spinner";

import { useCanEdit, useDocStatus, useDocument } from "./doc/document-context";
import { useRoom } from "./events/room-context";
import { FilesPanel } from "./files/files-panel";
import { languageOf } from "./files/paths";
import { useFollow } from "./follow";
import { LanguageSwitch } from "./language-switch";
import { AddPad } from "./pads/pad-strip";
import { usePlace } from "./pads/place";
import { useShownNotices } from "./pads/use-shown-notices";
import { mayEdit } from "./rights";
import { mainFile } from "./use-run-starter";

const EDITORS = {
  full: lazy(() => import("./doc/shared-editor")),
  light: lazy(() => import("./doc/light-shared-editor")),
};

interface Props {
  languages: readonly Language[];
  /** Ctrl+Enter. */
  onRun: () => void;
  /** Ctrl+Shift+Enter. */
  onStop: () => void;
}

/** The shared code with its bar and its files. */
export function RoomDesk({ languages, onRun, onStop }: Props) {
  const { t } = useLingui();
  const { followed, follow } = useFollow();
  const { me } = useRoom();
  const canEdit = useCanEdit();
  const SharedEditor = EDITORS[useEditorKind()];
  const locked = !canEdit && mayEdit(me, { locked: false });
  const document = useDocument();
  const place = usePlace();
  const { path, prefix } = place;
  const { ready } = useDocStatus();
  const [filesOpen, setFilesOpen] = useState(false);
  const language = path === null ? undefined : languageOf(path, languages);
  const name = path?.slice(prefix.length);
  useShownNotices(languages);
  const moved = useEffectEvent((from: string, to: string) => path === from && place.goTo(to));
  useEffect(() => document.book.onMoved((from, to) => moved(from, to)), [document]);
  /** Who goes somewhere by hand follows nobody any more. */
  const byHand = <Args extends unknown[]>(go: (...args: Args) => void) =>
    (...args: Args) => {
      follow(null);
      go(...args);
    };
  return (
    // It only listens to keys on their way to the editor inside.
     
    <section aria-label={t`Code`} onKeyDownCapture={onRunShortcut(onRun, onStop)} className="flex h-full min-h-0 flex-col bg-base-100">
      <div className="flex items-center gap-1 border-b border-base-300 px-1.5 py-1">
        <IconButton icon={FolderTree} label={t`Files`} pressed={filesOpen} onClick={() => setFilesOpen(!filesOpen)} />
        <LanguageSwitch languages={languages} />
        <span className="quiet min-w-0 truncate font-mono text-xs">{name}</span>
        <span className="grow" />
        <Present />
        <Following />
        {!canEdit && (
          <Badge icon={locked ? Lock : Eye} tone="info">
            {locked ? <Trans>Locked</Trans> : <Trans>You are watching</Trans>}
          </Badge>
        )}
        <AddPad onAdded={byHand((pad: string) => place.go(pad))} />
        <EditorSettingsButton />
      </div>
      <div className="flex min-h-0 grow">
        {filesOpen && (
          <FilesPanel
            main={mainFile(place, languages)}
            onGo={byHand(place.goTo)}
            onClose={() => setFilesOpen(false)}
          />
        )}
        <div className={classes("min-h-0 min-w-0 grow", filesOpen && "max-sm:hidden")} data-editor-ready={ready}>
          {ready && path ? (
            <Suspense fallback={<Loading label={t`Loading the editor`} />}>
              <SharedEditor
                document={document}
                path={path}
                locked={locked}
                label={language ? t`Shared code, ${language.name}` : t`Shared code`}
                monacoLanguage={language?.monaco ?? "plaintext"}
                followed={followed}
                onGone={place.goTo}
                onTakeOver={() => follow(null)}
              />
            </Suspense>
          ) : (
            <Loading label={t`Loading the document`} />
          )}
        </div>
      </div>
    </section>
  );
}

/** For who has gone elsewhere than the others are shown, and may bring them along. */
function Present() {
  const { t } = useLingui();
  const document = useDocument();
  const canEdit = useCanEdit();
  const { apart, pad, path } = usePlace();
  if (!apart || !canEdit || path === null) return null;
  return (
    <button type="button" className="btn shrink-0 gap-1.5 btn-ghost btn-xs" onClick={() => document.present(pad.id, path)}>
      <Icon of={MonitorUp} size={13} />
      <span className="max-sm:sr-only">{t`Show to everybody`}</span>
    </button>
  );
}

function Following() {
  const { t } = useLingui();
  const { followed, follow } = useFollow();
  const { people } = useRoom();
  const name = people.find(({ id }) => id === followed)?.name;
  if (name === undefined) return null;
  return (
    <button type="button" className="btn gap-1.5 btn-ghost btn-xs" onClick={() => follow(null)}>
      <Icon of={EyeOff} size={13} />
      {t`Following ${name}`}
    </button>
  );
}
