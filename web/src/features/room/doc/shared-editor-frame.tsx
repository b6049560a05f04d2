/** The room's file in an editor, whichever it is: rights, following and pastes are the same in both. */
import { useLingui } from "@lingui/react/macro";
import { type ComponentType, useEffect, useEffectEvent, useState, useSyncExternalStore } from "react";

import { useNotePaste } from "@/features/integrity/use-activity";

import type { RemoteCursor } from "./cursor-state";
import type { RoomDocument } from "./room-document";
import type { SharedEditorProps } from "./shared-editor-props";

/** The room's files as one kind of editor shows them. */
interface Models {
  show: (path: string, monacoLanguage: string) => void;
  reveal: (cursor: RemoteCursor) => void;
  listen: (listener: (cursors: readonly RemoteCursor[]) => void) => () => void;
  onPaste: (listener: (text: string, path: string) => void) => () => void;
  dispose: () => void;
}

interface EditorProps<E> {
  label: string;
  readOnly?: boolean;
  readOnlyMessage?: string;
  onMount: (editor: E) => () => void;
}

interface Props<E> extends SharedEditorProps {
  Editor: ComponentType<EditorProps<E>>;
  modelsIn: (editor: E, document: RoomDocument) => Models;
}

export function SharedEditorFrame<E>({ Editor, modelsIn, document, path, label, locked, monacoLanguage, followed, onGone, onTakeOver }: Props<E>) {
  const { t } = useLingui();
  const canEdit = useSyncExternalStore(document.watch, () => document.canEdit);
  const notePaste = useNotePaste();
  const pasted = useEffectEvent(notePaste);
  const [models, setModels] = useState<Models | null>(null);
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
      <Editor
        label={label}
        readOnly={!canEdit}
        readOnlyMessage={locked ? t`The document is locked: only the interviewers change it now.` : t`You are watching: observers do not change the code.`}
        onMount={(editor) => {
          const mounted = modelsIn(editor, document);
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
