/** The room's file in Monaco. In Monaco's chunk. */
import CodeEditor from "@/features/execution/code-editor";

import { SharedEditorFrame } from "./shared-editor-frame";
import type { SharedEditorProps } from "./shared-editor-props";
import { SharedModels } from "./shared-models";

export default function SharedEditor(props: SharedEditorProps) {
  return <SharedEditorFrame {...props} Editor={CodeEditor} modelsIn={(editor, document) => new SharedModels(editor, document)} />;
}
