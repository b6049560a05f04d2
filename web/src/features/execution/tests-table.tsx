import { Trans, useLingui } from "@lingui/react/macro";
import { ChevronRight, EyeOff } from "lucide-react";
import { useState } from "react";

import { classes } from "@/lib/classes";
import { bytes, runTime } from "@/lib/format";
import { Icon } from "@/ui/icon";

import { isGood, type Run, type TestResult } from "./model";
import { plainText, tail } from "./terminal-text";
import { lookOf, VerdictBadge } from "./verdict";

/** Every test of a run with its verdict; the visible ones open to what went in and what came out. */
export function TestsTable({ run }: { run: Run }) {
  // What failed first is what somebody wants to see.
  const failed = run.tests.findIndex((test) => !isGood(test.verdict) && !test.hidden);
  const [open, setOpen] = useState<number | null>(failed === -1 ? null : failed);
  return (
    <ul className="flex flex-col gap-1.5 px-3 pb-3">
      {run.tests.map((test, index) => (
        <TestRow key={index} test={test} open={open === index} onToggle={() => setOpen(open === index ? null : index)} />
      ))}
    </ul>
  );
}

interface RowProps {
  test: TestResult;
  open: boolean;
  onToggle: () => void;
}

function TestRow({ test, open, onToggle }: RowProps) {
  const { t } = useLingui();
  const opens = !test.hidden;
  const head = (
    <>
      {opens ? (
        <Icon of={ChevronRight} size={14} className={classes("transition-transform", open && "rotate-90")} />
      ) : (
        <Icon of={EyeOff} size={14} className="quiet" />
      )}
      <span className="min-w-0 grow truncate text-start text-sm font-medium">{test.name}</span>
      {test.hidden && <span className="quiet text-xs">{t`hidden`}</span>}
      {test.own && <span className="quiet text-xs">{t`own`}</span>}
      {test.timeMs !== null && (
        <span className="quiet text-xs whitespace-nowrap tabular-nums">
          {runTime(test.timeMs)}
          {test.memoryBytes !== null && <span className="hidden sm:inline"> · {bytes(test.memoryBytes)}</span>}
        </span>
      )}
      <VerdictBadge verdict={test.verdict} />
    </>
  );
  const row = "flex w-full items-center gap-2 px-2.5 py-1.5";
  return (
    <li className="rounded-field border border-base-300">
      {opens ? (
        <button type="button" aria-expanded={open} onClick={onToggle} className={classes(row, "cursor-pointer rounded-field hover:bg-base-200")}>
          {head}
        </button>
      ) : (
        <div className={row}>{head}</div>
      )}
      {open && opens && <TestDetail test={test} />}
    </li>
  );
}

function TestDetail({ test }: { test: TestResult }) {
  const { t } = useLingui();
  const called = test.prints !== null; // a function: what it returned is apart from what it printed
  return (
    <div className="border-t border-base-300 px-2.5 py-2">
      {!isGood(test.verdict) && <p className="mb-2 text-sm">{test.message || lookOf(test.verdict).sentence}</p>}
      <div className="grid gap-2 md:grid-cols-3">
        <Text title={t`Input`} text={test.input} />
        {(test.expected !== null || !test.own) && <Text title={t`Expected`} text={test.expected} />}
        <Text title={called ? t`Returned` : t`Printed`} text={test.actual} wrong={test.verdict === "wrong_answer"} />
      </div>
      {test.prints && (
        <div className="mt-2">
          <Text title={t`Printed`} text={test.prints} />
        </div>
      )}
      {test.stderr && (
        <div className="mt-2">
          <Text title={t`Errors (stderr)`} text={test.stderr} wrong />
        </div>
      )}
    </div>
  );
}

const TEXT_CHARS = 10_000; // of one test, in a table of tests

function Text({ title, text, wrong = false }: { title: string; text: string | null; wrong?: boolean }) {
  const plain = plainText(text ?? "");
  const shown = plain.slice(0, TEXT_CHARS);
  const { hidden } = tail(plain, TEXT_CHARS);
  return (
    <section className="min-w-0" aria-label={title}>
      <h5 className="quiet mb-1 text-xs font-semibold">{title}</h5>
      <pre className={classes("max-h-40 overflow-auto rounded-field bg-base-200 px-2 py-1.5 font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap", wrong && "text-error")}>
        {shown || <span className="quiet italic"><Trans>nothing</Trans></span>}
        {hidden > 0 && "…"}
      </pre>
    </section>
  );
}
