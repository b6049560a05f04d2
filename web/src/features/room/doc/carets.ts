/** Carets and selections of editors over a change of their text that comes from somewhere else. */
import type { editor, ISelection } from "monaco-editor/editor";

import { moved, type TextEdit } from "@/lib/text-edits";

type Offsets = [anchor: number, head: number];

/** The selections after `edits`, as offsets. What is inserted at an edge stays outside, at a caret: after it. */
export function selectionsAfter(codeEditor: editor.ICodeEditor, model: editor.ITextModel, edits: readonly TextEdit[]): Offsets[] {
  return (codeEditor.getSelections() ?? []).map((selection) => {
    const start = model.getOffsetAt(selection.getStartPosition());
    const end = model.getOffsetAt(selection.getEndPosition());
    const after = moved(end, edits, "before");
    const before = start === end ? after : moved(start, edits, "after");
    const backwards = selection.getPosition().equals(selection.getStartPosition());
    return backwards ? [after, before] : [before, after];
  });
}

/** Leaves the editor alone when its carets are right already: setting them would close its suggestions. */
export function select(codeEditor: editor.ICodeEditor, model: editor.ITextModel, wanted: readonly Offsets[]): void {
  const selections = wanted.map(([anchor, head]): ISelection => {
    const [from, to] = [model.getPositionAt(anchor), model.getPositionAt(head)];
    return {
      selectionStartLineNumber: from.lineNumber,
      selectionStartColumn: from.column,
      positionLineNumber: to.lineNumber,
      positionColumn: to.column,
    };
  });
  const now = codeEditor.getSelections() ?? [];
  if (now.length === selections.length && selections.every((one, i) => now[i]?.equalsSelection(one))) return;
  if (selections.length > 0) codeEditor.setSelections(selections, "remote");
}

export function rangeOf(model: editor.ITextModel, { from, to }: Pick<TextEdit, "from" | "to">) {
  const [start, end] = [model.getPositionAt(from), model.getPositionAt(to)];
  return { startLineNumber: start.lineNumber, startColumn: start.column, endLineNumber: end.lineNumber, endColumn: end.column };
}
