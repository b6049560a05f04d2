import { Trans, useLingui } from "@lingui/react/macro";
import { type UIEvent, useLayoutEffect, useMemo, useRef } from "react";

import { bytes } from "@/lib/format";
import { classes } from "@/lib/classes";
import { CopyButton } from "@/ui/copy-button";

import { ConsoleView } from "./console-view";
import { DiagnosticsView } from "./diagnostics-view";
import type { Run } from "./model";
import { plainText, tail } from "./terminal-text";

/** Nearer to the end than this counts as "at the end": new output then keeps the end in sight. */
const AT_END_PX = 24;

/** What a run printed, as it comes. Whoever scrolls up to read is left there. */
export function OutputView({ run }: { run: Run }) {
  const { t } = useLingui();
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(run.status !== "finished");
  const { compileOutput, stdout, stderr, typed, diagnostics } = run;
  const talks = typed.length > 0 || run.takesInput;

  useLayoutEffect(() => {
    if (box.current && follows.current) box.current.scrollTop = box.current.scrollHeight;
  }, [compileOutput, stdout, stderr, typed]);

  const scrolled = ({ currentTarget: { scrollTop, scrollHeight, clientHeight } }: UIEvent<HTMLDivElement>) => {
    follows.current = scrollHeight - scrollTop - clientHeight < AT_END_PX;
  };
  const silent = !compileOutput && !stdout && !stderr && !talks;
  return (
    // Keyboards scroll what has the focus.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={box} onScroll={scrolled} tabIndex={0} role="region" aria-label={t`Output`} className="h-full overflow-auto px-3 pb-3">
      {compileOutput && <Stream title={t`Compiler`} text={compileOutput} tone="warning" />}
      {talks ? (
        <ConsoleView run={run} />
      ) : (
        <>
          {stdout && <Stream title={compileOutput || stderr ? t`Output` : null} text={stdout} />}
          {stderr && <Stream title={t`Errors (stderr)`} text={stderr} tone="error" />}
        </>
      )}
      {silent && run.status === "finished" && run.mode === "run" && (
        <p className="quiet py-2 text-sm">
          <Trans>It printed nothing.</Trans>
        </p>
      )}
      {run.truncated && (
        <p className="quiet py-2 text-sm">
          <Trans>What was printed beyond the limit was thrown away.</Trans>
        </p>
      )}
      {diagnostics && <DiagnosticsView text={diagnostics} />}
    </div>
  );
}

interface StreamProps {
  title: string | null;
  text: string;
  tone?: "warning" | "error";
}

function Stream({ title, text, tone }: StreamProps) {
  const { t } = useLingui();
  const plain = useMemo(() => plainText(text), [text]);
  const { text: shown, hidden } = tail(plain);
  return (
    <section className="group relative pt-1.5" aria-label={title ?? t`Output`}>
      {title && <h3 className={classes("text-xs font-semibold", tone === "error" ? "text-error" : tone ? "text-warning" : "quiet")}>{title}</h3>}
      <div className="absolute top-0 right-0 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
        <CopyButton text={plain} label={t`Copy the output`} />
      </div>
      {hidden > 0 && (
        <p className="quiet my-1 text-xs">
          <Trans>The first {bytes(hidden)} are not shown here. Copying takes all of it.</Trans>
        </p>
      )}
      <pre className={classes("font-mono text-[0.8125rem] leading-5 wrap-anywhere whitespace-pre-wrap", tone === "error" && "text-error")}>{shown}</pre>
    </section>
  );
}
