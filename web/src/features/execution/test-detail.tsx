import { Trans, useLingui } from "@lingui/react/macro";
import { useMemo } from "react";

import { classes } from "@/lib/classes";

import { firstDifference, type Marked } from "./first-difference";
import { isGood, type TestResult } from "./model";
import { plainText } from "./terminal-text";
import { lookOf } from "./verdict";

/** Everything about one visible test: what went in, what was expected, what came. */
export function TestDetail({ test }: { test: TestResult }) {
  const { t } = useLingui();
  const called = test.prints !== null; // a function: what it returned is apart from what it printed
  const { verdict, expected, actual } = test;
  const difference = useMemo(
    () => (verdict === "wrong_answer" && expected !== null && actual !== null ? firstDifference(expected, plainText(actual), called) : null),
    [verdict, expected, actual, called],
  );
  return (
    <div className="border-t border-base-300 px-2.5 py-2">
      {!isGood(verdict) && <p className="mb-2 text-sm">{test.message || lookOf(verdict).sentence}</p>}
      {difference && difference.line > 1 && <p className="quiet mb-2 text-xs">{t`It differs first in line ${difference.line}.`}</p>}
      <div className="grid gap-2 @xl:grid-cols-3">
        <Text title={t`Input`} text={test.input} />
        {(expected !== null || !test.own) && <Text title={t`Expected`} text={expected} mark={difference?.expected} />}
        <Text title={called ? t`Returned` : t`Printed`} text={actual} mark={difference?.got} wrong />
      </div>
      {test.prints && (
        <div className="mt-2">
          <Text title={t`Printed`} text={test.prints} />
        </div>
      )}
      {test.stderr && (
        <div className="mt-2">
          <Text title={t`Errors (stderr)`} text={test.stderr} />
        </div>
      )}
    </div>
  );
}

const TEXT_CHARS = 10_000; // of one test, in a table of tests

interface TextProps {
  title: string;
  text: string | null;
  mark?: Marked | undefined;
  /** What is marked is what is wrong, not what was wanted. */
  wrong?: boolean;
}

function Text({ title, text, mark, wrong = false }: TextProps) {
  const plain = plainText(text ?? "");
  return (
    <section className="min-w-0" aria-label={title}>
      <h3 className="quiet mb-1 text-xs font-semibold">{title}</h3>
      <pre className="max-h-40 overflow-auto rounded-field bg-base-200 px-2 py-1.5 font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap">
        {mark ? (
          <>
            {mark.before}
            <mark className={classes("rounded-xs px-px font-semibold underline decoration-2 underline-offset-2", wrong ? "bg-error/15 text-error" : "bg-success/15 text-success")}>
              {mark.marked || <Trans>the end</Trans>}
            </mark>
            {mark.after}
          </>
        ) : plain ? (
          plain.slice(0, TEXT_CHARS)
        ) : (
          <span className="quiet italic">
            <Trans>nothing</Trans>
          </span>
        )}
        {!mark && plain.length > TEXT_CHARS && "…"}
      </pre>
    </section>
  );
}
