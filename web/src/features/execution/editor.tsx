import { useLingui } from "@lingui/react/macro";
import { lazy, Suspense } from "react";

import { Loading } from "@/ui/spinner";

import type { CodeEditorProps } from "./code-editor";

export type { CodeEditorInstance } from "./code-editor";

/** Fetches the editor before it is needed: from the lobby, or when a link to a room is pointed at. */
export const preloadEditor = () => import("./code-editor");

const CodeEditor = lazy(preloadEditor);

/** Monaco, in a chunk of its own. */
export function Editor(props: CodeEditorProps) {
  const { t } = useLingui();
  return (
    <Suspense fallback={<Loading label={t`Loading the editor`} />}>
      <CodeEditor {...props} />
    </Suspense>
  );
}
