import { Trans, useLingui } from "@lingui/react/macro";
import { useMemo } from "react";

import { classes } from "@/lib/classes";
import { bytes } from "@/lib/format";
import { CopyButton } from "@/ui/copy-button";

import type { Run } from "./model";
import { type Chunk, lastOf, textOf, transcriptOf } from "./transcript";

/** What was printed and what was typed, as in a terminal. */
export function ConsoleView({ run }: { run: Run }) {
  const { t } = useLingui();
  const { stdout, stderr, typed } = run;
  const chunks = useMemo(() => transcriptOf({ stdout, stderr, typed }), [stdout, stderr, typed]);
  const { shown, hidden } = lastOf(chunks);
  if (chunks.length === 0) return null;
  return (
    <section className="group relative pt-1.5" aria-label={t`Output and input`}>
      <div className="absolute top-0 right-0 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
        <CopyButton text={textOf(chunks)} label={t`Copy the output`} />
      </div>
      {hidden > 0 && (
        <p className="quiet my-1 text-xs">
          <Trans>The first {bytes(hidden)} are not shown here. Copying takes all of it.</Trans>
        </p>
      )}
      <pre className="font-mono text-[0.8125rem] leading-5 wrap-anywhere whitespace-pre-wrap">
        {shown.map((chunk, index) =>
          chunk.kind === "typed" ? (
            <Typed key={index} chunk={chunk} />
          ) : (
            <span key={index} className={classes(chunk.kind === "stderr" && "text-error")}>
              {chunk.text}
            </span>
          ),
        )}
      </pre>
    </section>
  );
}

/** Who typed it stands behind it, small: the text itself reads like a terminal's. */
function Typed({ chunk: { text, by, ended } }: { chunk: Extract<Chunk, { kind: "typed" }> }) {
  const { t } = useLingui();
  const whole = text.endsWith("\n");
  return (
    <span data-typed>
      <span className="sr-only">{t`${by} typed:`} </span>
      <span className="font-semibold text-primary">{whole ? text.slice(0, -1) : text}</span>
      {ended && <kbd className="quiet ms-1 rounded-selector border border-base-300 px-1 font-sans text-[0.6875rem]">{t`end of input`}</kbd>}
      <span aria-hidden className="quiet ms-2 font-sans text-[0.6875rem] select-none">
        {by}
      </span>
      {(whole || ended) && "\n"}
    </span>
  );
}
