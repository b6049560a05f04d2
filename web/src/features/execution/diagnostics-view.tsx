import { Plural, Trans } from "@lingui/react/macro";
import { ChevronRight } from "lucide-react";

import { Icon } from "@/ui/icon";

/** A remark begins at the margin; what explains it is indented. */
const remarksIn = (text: string): number => text.split("\n").filter((line) => /^\S/.test(line)).length;

/** What a checker of types says, for who wants to know: it has no part in how the run ended. */
export function DiagnosticsView({ text }: { text: string }) {
  return (
    <details className="group mt-2 border-t border-base-300 pt-1.5">
      <summary className="quiet flex w-fit cursor-pointer list-none items-center gap-1 rounded-field text-xs font-medium">
        <Icon of={ChevronRight} size={12} className="transition-transform group-open:rotate-90" />
        <Trans>
          Types: <Plural value={remarksIn(text)} one="# remark" other="# remarks" />
        </Trans>
      </summary>
      <pre className="quiet mt-1 font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap">{text}</pre>
    </details>
  );
}
