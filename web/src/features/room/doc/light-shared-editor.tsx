/** The room's file in the light editor. In that one's chunk. */
import LightCodeEditor from "@/features/execution/light/light-code-editor";

import { LightModels } from "./light-models";
import { SharedEditorFrame } from "./shared-editor-frame";
import type { SharedEditorProps } from "./shared-editor-props";

export default function LightSharedEditor(props: SharedEditorProps) {
  return <SharedEditorFrame {...props} Editor={LightCodeEditor} modelsIn={(editor, document) => new LightModels(editor, document)} />;
}
