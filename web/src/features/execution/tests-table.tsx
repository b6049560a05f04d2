import { Trans, useLingui } from "@lingui/react/macro";
import { ChevronRight, EyeOff, Loader } from "lucide-react";
import { type ReactNode, useId, useState } from "react";

import { classes } from "@/lib/classes";
import { bytes, runTime } from "@/lib/format";
import { Badge } from "@/ui/badge";
import { Icon } from "@/ui/icon";

import { isGood, type Run, type TestResult } from "./model";
import { TestDetail } from "./test-detail";
import { VerdictBadge } from "./verdict";

const LIST = "flex flex-col gap-1.5 px-3 pb-3";
const ROW = "flex w-full items-center gap-2 px-2.5 py-1.5";

/** Every test of a run with its verdict; the visible ones open to what went in and what came out. */
export function TestsTable({ run }: { run: Run }) {
  const shown = run.tests.filter(({ hidden }) => !hidden);
  const hidden = run.tests.filter((test) => test.hidden);
  // What failed first is what somebody wants to see.
  const failed = shown.findIndex(({ verdict }) => !isGood(verdict));
  const [open, setOpen] = useState<number | null>(failed === -1 ? null : failed);
  return (
    <div className="@container">
      <ul className={LIST}>
        {shown.map((test, index) => (
          <TestRow key={index} test={test} open={open === index} onToggle={() => setOpen(open === index ? null : index)} />
        ))}
      </ul>
      {hidden.length > 0 && <HiddenTests tests={hidden} />}
    </div>
  );
}

/** While they are run: the same rows, so that nothing moves when the verdicts come. */
export function AwaitedTests({ names }: { names: readonly string[] }) {
  return (
    <ul className={LIST}>
      {names.map((name, index) => (
        <li key={index} className={classes(ROW, "rounded-field border border-base-300")}>
          <Icon of={ChevronRight} size={14} className="quiet opacity-40" />
          <span className="quiet min-w-0 grow truncate text-sm font-medium">{name}</span>
          <Badge icon={Loader}>
            <Trans>Running</Trans>
          </Badge>
        </li>
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
  const detail = useId();
  return (
    <li className="rounded-field border border-base-300">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={detail}
        onClick={onToggle}
        className={classes(ROW, "cursor-pointer rounded-field hover:bg-base-200")}
      >
        <Icon of={ChevronRight} size={14} className={classes("transition-transform", open && "rotate-90")} />
        <span className="min-w-0 grow truncate text-start text-sm font-medium">{test.name}</span>
        {test.own && <Note>{t`own`}</Note>}
        {test.timeMs !== null && (
          <Note>
            {runTime(test.timeMs)}
            {test.memoryBytes !== null && <span className="hidden @md:inline"> · {bytes(test.memoryBytes)}</span>}
          </Note>
        )}
        <VerdictBadge verdict={test.verdict} />
      </button>
      <div id={detail}>{open && <TestDetail test={test} />}</div>
    </li>
  );
}

/** Nothing but verdicts: what these tests hold, nobody is told. */
function HiddenTests({ tests }: { tests: readonly TestResult[] }) {
  const passed = tests.filter(({ verdict }) => isGood(verdict)).length;
  const heading = useId();
  return (
    <section aria-labelledby={heading} className="px-3 pb-3">
      <h3 id={heading} className="quiet mb-1.5 flex items-center gap-1.5 text-xs font-semibold">
        <Icon of={EyeOff} size={13} />
        <Trans>
          Hidden: {passed} of {tests.length} passed
        </Trans>
      </h3>
      <ul className="grid gap-1.5 @md:grid-cols-2 @3xl:grid-cols-3">
        {tests.map((test, index) => (
          <li key={index} data-hidden-test className="flex items-center gap-2 rounded-field border border-base-300 px-2.5 py-1">
            <span className="min-w-0 grow truncate text-sm">{test.name}</span>
            <VerdictBadge verdict={test.verdict} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const Note = ({ children }: { children: ReactNode }) => <span className="quiet text-xs whitespace-nowrap tabular-nums">{children}</span>;
