/** The room's file in the light editor. In that one's chunk. */
import { useLingui } from "@lingui/react/macro";
import { useEffect, useEffectEvent, useState, useSyncExternalStore } from "react";

import LightCodeEditor from "@/features/execution/light/light-code-editor";
import { useNotePaste } from "@/features/integrity/use-activity";

import type { RemoteCursor } from "./cursor-state";
import { LightModels } from "./light-models";
import type { SharedEditorProps } from "./shared-editor-props";

export default function LightSharedEditor({ document, path, label, locked, monacoLanguage, followed, onGone, onTakeOver }: SharedEditorProps) {
  const { t } = useLingui();
  const canEdit = useSyncExternalStore(document.watch, () => document.canEdit);
  const notePaste = useNotePaste();
  const pasted = useEffectEvent(notePaste);
  const [models, setModels] = useState<LightModels | null>(null);
  const moved = useEffectEvent((cursors: readonly RemoteCursor[]) => {
    const cursor = cursors.find(({ person }) => person.id === followed);
    if (!cursor) return;
    if (cursor.file === path) models?.reveal(cursor);
    else onGone(cursor.file);
  });

  useEffect(() => {
    models?.show(path, monacoLanguage);
  }, [models, path, monacoLanguage]);
  useEffect(() => models?.listen((cursors) => moved(cursors)), [models]);

  useEffect(() => models?.onPaste((text, into) => pasted(text, into)), [models]);

  const takeOver = followed === null ? undefined : onTakeOver;
  return (
    // It only listens to what reaches the editor inside.
    <div className="size-full" onKeyDownCapture={takeOver} onPointerDownCapture={takeOver} onWheelCapture={takeOver}>
      <LightCodeEditor
        label={label}
        readOnly={!canEdit}
        readOnlyMessage={locked ? t`The document is locked: only the interviewers change it now.` : t`You are watching: observers do not change the code.`}
        onMount={(editor) => {
          const mounted = new LightModels(editor, document);
          setModels(mounted);
          return () => {
            setModels(null);
            mounted.dispose();
          };
        }}
      />
    </div>
  );
}
