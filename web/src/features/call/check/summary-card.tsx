import { useLingui } from "@lingui/react";
import { Trans, useLingui as useMacro } from "@lingui/react/macro";
import { Play, RotateCw } from "lucide-react";

import { classes } from "@/lib/classes";
import { Button } from "@/ui/button";
import { CopyButton } from "@/ui/copy-button";

import { StateSign } from "./check-row";
import { type CheckState, type Findings, type Phase, summaryOf } from "./model";
import { reportOf } from "./report";

const PLAIN = "border-base-300 bg-base-100";
const TONES: Record<CheckState, string> = {
  waiting: PLAIN,
  running: PLAIN,
  skipped: PLAIN,
  ok: "border-success/40 bg-[color-mix(in_oklab,var(--color-success)_7%,var(--color-base-100))]",
  warning: "border-warning/40 bg-[color-mix(in_oklab,var(--color-warning)_8%,var(--color-base-100))]",
  failed: "border-error/40 bg-[color-mix(in_oklab,var(--color-error)_6%,var(--color-base-100))]",
};

interface Props {
  findings: Findings;
  phase: Phase;
  onRun: () => void;
}

/** What it comes to, said aloud when it changes. */
export function SummaryCard({ findings, phase, onRun }: Props) {
  const { _, i18n } = useLingui();
  const { t } = useMacro();
  const { tone, title, text } = summaryOf(findings, phase);
  return (
    <section
      data-testid="check-summary"
      data-tone={tone}
      data-phase={phase}
      className={classes("flex flex-wrap items-center gap-x-6 gap-y-4 rounded-box border p-4 transition-colors sm:p-5", TONES[tone])}
    >
      <div role="status" className="flex min-h-[6.5rem] min-w-0 grow basis-72 gap-3 sm:min-h-[3.25rem]">
        <span className="flex h-7 items-center">
          <StateSign state={tone} size={22} />
        </span>
        <div>
          <h2 className="text-lg font-semibold text-balance">{_(title)}</h2>
          <p className="quiet text-pretty">{_(text)}</p>
        </div>
      </div>
      <div className="flex w-full flex-wrap gap-2 sm:w-auto">
        <Button
          look={phase === "done" ? "plain" : "primary"}
          icon={phase === "before" ? Play : RotateCw}
          busy={phase === "running"}
          onClick={onRun}
          data-testid="check-run"
          className="min-w-36 grow sm:grow-0"
        >
          {phase === "before" ? <Trans>Start the test</Trans> : phase === "running" ? <Trans>Testing…</Trans> : <Trans>Test again</Trans>}
        </Button>
        {phase === "done" && (
          <CopyButton
            size="m"
            look="plain"
            label={t`Copy report`}
            text={() => reportOf(findings, i18n, navigator.userAgent, new Date())}
          >
            <Trans>Copy report</Trans>
          </CopyButton>
        )}
      </div>
    </section>
  );
}
