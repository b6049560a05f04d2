import { lazy, Suspense } from "react";

import type MarkdownView from "./markdown-view";

const loaded: { View?: typeof MarkdownView } = {};
const load = async () => {
  const module = await import("./markdown-view");
  loaded.View = module.default;
  return module;
};
const Later = lazy(load);

/** Ask for the code early: a page that will show some does not have to change under its reader's eyes. */
export const prepareMarkdown = () => void load();

interface Props {
  text: string;
  className?: string;
  /** A line break in the text is one on the page (chat). */
  breaks?: boolean;
}

/** Markdown written by anybody: no HTML of theirs, only harmless links. Until its code has come the plain text stands there. */
export function Markdown({ text, className = "", breaks = false }: Props) {
  // React shows a fallback for a third of a second at least, also of code that is there.
  const View = loaded.View ?? Later;
  return (
    <div className={`markdown ${className}`}>
      <Suspense fallback={<p className="whitespace-pre-wrap">{text}</p>}>
        <View text={text} breaks={breaks} />
      </Suspense>
    </div>
  );
}
