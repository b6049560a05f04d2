import { Trans, useLingui } from "@lingui/react/macro";
import { Eye, EyeOff, Lock } from "lucide-react";
import { lazy, Suspense, useEffect, useEffectEvent, useRef } from "react";

import { EditorSettingsMenu } from "@/features/execution/editor-settings-menu";
import type { Language } from "@/features/execution/model";
import { onRunShortcut } from "@/features/execution/run-shortcut";
import { Badge } from "@/ui/badge";
import { Icon } from "@/ui/icon";
import { Loading } from "@/ui/spinner";
import { toast } from "@/ui/toast";

import { useCanEdit, useDocStatus, useDocument, useDocumentView } from "./doc/document-context";
import { useRoom } from "./events/room-context";
import { LanguageSwitch } from "./language-switch";
import { mayEdit } from "./rights";

const SharedEditor = lazy(() => import("./doc/shared-editor"));

interface Props {
  languages: readonly Language[];
  followed: string | null;
  onFollow: (id: string | null) => void;
  /** Ctrl+Enter. */
  onRun: () => void;
  /** Ctrl+Shift+Enter. */
  onStop: () => void;
}

/** The shared code with its bar. */
export function RoomDesk({ languages, followed, onFollow, onRun, onStop }: Props) {
  const { t } = useLingui();
  const { people, me } = useRoom();
  const canEdit = useCanEdit();
  const locked = !canEdit && mayEdit(me, { locked: false });
  const document = useDocument();
  const { activeFile } = useDocumentView();
  const { ready } = useDocStatus();
  const language = languages.find(({ fileName }) => fileName === activeFile);
  const followedName = people.find(({ id }) => id === followed)?.name;
  useLanguageNotices(language?.name ?? null);
  return (
    // It only listens to keys on their way to the editor inside.
     
    <section aria-label={t`Code`} onKeyDownCapture={onRunShortcut(onRun, onStop)} className="flex h-full min-h-0 flex-col bg-base-100">
      <div className="flex items-center gap-2 border-b border-base-300 px-1.5 py-1">
        <LanguageSwitch languages={languages} />
        <span className="quiet truncate font-mono text-xs">{activeFile}</span>
        <span className="grow" />
        {followedName && (
          <button type="button" className="btn gap-1.5 btn-ghost btn-xs" onClick={() => onFollow(null)}>
            <Icon of={EyeOff} size={13} />
            {t`Following ${followedName}`}
          </button>
        )}
        {!canEdit && (
          <Badge icon={locked ? Lock : Eye} tone="info">
            {locked ? <Trans>Locked</Trans> : <Trans>You are watching</Trans>}
          </Badge>
        )}
        <EditorSettingsMenu />
      </div>
      <div className="min-h-0 grow" data-editor-ready={ready}>
        {ready && activeFile ? (
          <Suspense fallback={<Loading label={t`Loading the editor`} />}>
            <SharedEditor
              document={document}
              path={activeFile}
              locked={locked}
              label={language ? t`Shared code, ${language.name}` : t`Shared code`}
              monacoLanguage={language?.monaco ?? "plaintext"}
              followed={followed}
              onTakeOver={() => onFollow(null)}
            />
          </Suspense>
        ) : (
          <Loading label={t`Loading the document`} />
        )}
      </div>
    </section>
  );
}

/** Tells who switched the language when it was somebody else. */
function useLanguageNotices(name: string | null): void {
  const { t } = useLingui();
  const { me } = useRoom();
  const document = useDocument();
  const before = useRef<string | null>(null);
  const compare = useEffectEvent(() => {
    const switched = name !== null && before.current !== null && before.current !== name;
    before.current = name ?? before.current;
    if (!switched) return;
    const by = document.shownBy();
    if (by?.id === me.id) return;
    toast.info(by ? t`${by.name} switched to ${name}. Each language keeps its own text.` : t`The language is ${name} now. Each language keeps its own text.`);
  });
  useEffect(() => {
    compare();
  }, [name]);
}
