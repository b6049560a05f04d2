/** Monaco for one person. In Monaco's chunk. */
import { type Ref, useEffect, useImperativeHandle, useState } from "react";

import CodeEditor from "./code-editor";
import { SoloModels } from "./solo-models";

export interface SoloEditorHandle {
  /** All that is shown becomes `text`; the person can undo it. */
  replace: (text: string) => void;
}

interface Props {
  ref: Ref<SoloEditorHandle>;
  label: string;
  /** Which text is shown. */
  textId: string;
  /** What it begins with. */
  text: string;
  monacoLanguage: string;
  onChange: (textId: string, text: string) => void;
}

export default function SoloEditor({ ref, label, textId, text, monacoLanguage, onChange }: Props) {
  const [models, setModels] = useState<SoloModels | null>(null);
  useEffect(() => {
    models?.show(textId, text, monacoLanguage);
  }, [models, textId, text, monacoLanguage]);
  useImperativeHandle(ref, () => ({ replace: (replacement) => models?.replace(replacement) }), [models]);
  return (
    <CodeEditor
      label={label}
      onMount={(codeEditor) => {
        const mounted = new SoloModels(codeEditor);
        mounted.onChange = onChange;
        setModels(mounted);
        return () => {
          setModels(null);
          mounted.dispose();
        };
      }}
    />
  );
}
