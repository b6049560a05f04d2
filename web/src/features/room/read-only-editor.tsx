/** A text in Monaco, to read. In Monaco's chunk. */
import { useEffect, useState } from "react";

import CodeEditor, { type CodeEditorInstance } from "@/features/execution/code-editor";
import { monaco } from "@/features/execution/monaco";

interface Props {
  label: string;
  text: string;
  monacoLanguage: string;
}

export default function ReadOnlyEditor({ label, text, monacoLanguage }: Props) {
  const [codeEditor, setCodeEditor] = useState<CodeEditorInstance | null>(null);
  useEffect(() => {
    if (!codeEditor) return;
    const model = monaco.editor.createModel(text, monacoLanguage);
    codeEditor.setModel(model);
    return () => model.dispose();
  }, [codeEditor, text, monacoLanguage]);
  return (
    <CodeEditor
      label={label}
      readOnly
      onMount={(mounted) => {
        setCodeEditor(mounted);
        return () => setCodeEditor(null);
      }}
    />
  );
}
