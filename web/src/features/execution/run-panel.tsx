import { Trans, useLingui } from "@lingui/react/macro";
import { FlaskConical, Play } from "lucide-react";
import { useState } from "react";

import { Button } from "@/ui/button";
import { TabList, TabPanel } from "@/ui/tabs";
import { toast } from "@/ui/toast";

import { type Cases, CasesTab } from "./cases/cases-tab";
import { firstFault } from "./cases/model";
import { ConsoleInput } from "./console-input";
import { InputTab } from "./input-tab";
import type { Language, Run, RunMode } from "./model";
import { RunHistory } from "./run-history";
import { RunAnnouncer } from "./run-announcer";
import { RunResult } from "./run-result";
import type { RunInput } from "./use-run-input";

export interface RunPanelProps {
  /** Newest first. */
  runs: readonly Run[];
  languages: readonly Language[];
  /** Id of the reader. */
  me: string | null;
  input: RunInput;
  onRun: (mode: RunMode) => void;
  /** Which request is on its way. */
  starting: RunMode | null;
  hasTests: boolean;
  /** Why the tests cannot be run though there are some, e.g. in this language. */
  noTests?: string | undefined;
  /** What the program can be tried with. */
  cases?: Cases | undefined;
  /** Why nothing can be run, if so. */
  refusal?: React.ReactNode;
  /** For who may type to runs and stop them. */
  hands?: RunHands | undefined;
}

export interface RunHands {
  type: (run: Run, text: string, end: boolean) => void;
  stop: (run: Run) => void;
  /** False while nothing that is typed would arrive. */
  connected: boolean;
}

type Part = "result" | "cases" | "input";

/** Run and test buttons, what goes into the program, what came of it. */
export function RunPanel({ runs, languages, me, input, onRun, starting, hasTests, noTests, cases, refusal, hands }: RunPanelProps) {
  const { t } = useLingui();
  const newest = runs[0];
  const [part, setPart] = useState<Part>("result");
  const [chosen, setChosen] = useState<string | null>(null);
  const [seen, setSeen] = useState(newest?.id);
  const [typing, setTyping] = useState(false);
  const [shownCase, setShownCase] = useState("");
  if (newest?.id !== seen) {
    // A new run, whoever started it, is what everybody wants to see; but nobody's input is taken away while they type it.
    setSeen(newest?.id);
    setChosen(null);
    if (!typing || newest?.by.id === me) {
      setPart("result");
      setTyping(false); // what is taken out of the page tells of no blur
    }
  }
  const run = runs.find(({ id }) => id === chosen) ?? newest;
  const choose = (id: string) => {
    setChosen(id);
    setPart("result");
  };
  const ready = !refusal && starting === null;
  const runTests = () => {
    const fault = cases && firstFault(cases.problem, cases.book.cases);
    if (noTests) toast.info(noTests);
    else if (!fault) onRun("tests");
    else {
      toast.info(fault.said);
      setPart("cases");
      setShownCase(fault.id);
    }
  };
  const parameters = cases?.problem.signature?.parameters.map(({ name }) => name).join(", ");
  const own = cases?.book.cases.map((_, index) => t`Own case ${index + 1}`) ?? [];
  const awaited = [...(cases?.problem.visibleTests.map(({ name }) => name) ?? []), ...own];
  const tabs = [
    { id: "result" as const, label: t`Result` },
    ...(cases ? [{ id: "cases" as const, label: t`Cases` }] : []),
    { id: "input" as const, label: t`Input` },
  ];
  return (
    <section aria-label={t`Run`} className="@container flex h-full min-h-0 flex-col bg-base-100">
      <div className="flex items-center gap-1 border-b border-base-300 pr-2">
        <TabList
          name="run"
          label={t`Run`}
          tabs={tabs}
          selected={part}
          onSelect={setPart}
          className="min-w-0 grow"
        />
        <RunHistory runs={runs} languages={languages} selected={run?.id} onSelect={choose} />
        {hasTests && (
          <Button
            size="s"
            icon={FlaskConical}
            busy={starting === "tests"}
            disabled={!ready}
            aria-label={t`Run tests`}
            aria-description={noTests}
            title={noTests}
            onClick={runTests}
            className={noTests && "opacity-50"}
          >
            <span className="@max-md:hidden">
              <Trans>Run tests</Trans>
            </span>
            <span className="@md:hidden">
              <Trans>Tests</Trans>
            </span>
          </Button>
        )}
        <Button size="s" look="primary" icon={Play} busy={starting === "run"} disabled={!ready} onClick={() => onRun("run")} title={t`Ctrl+Enter`}>
          <Trans>Run</Trans>
        </Button>
      </div>
      {refusal && <div className="border-b border-base-300 bg-warning/10 px-3 py-2 text-sm text-pretty">{refusal}</div>}
      <TabPanel name="run" id="result" selected={part} className="flex min-h-0 grow flex-col">
        <div className="min-h-0 grow">
          <RunResult run={run} languages={languages} me={me} awaited={awaited} {...(hands && { onStop: hands.stop })} />
        </div>
        {hands && run?.takesInput && (
          <ConsoleInput
            key={run.id}
            own={run.by.id === me}
            disabled={!hands.connected}
            onType={(text, end) => hands.type(run, text, end)}
            onStop={() => hands.stop(run)}
          />
        )}
      </TabPanel>
      {cases && (
        <TabPanel name="run" id="cases" selected={part} className="flex min-h-0 grow flex-col">
          {/* It only notices who is at work in it. */}
          {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
          <div className="contents" onFocus={() => setTyping(true)} onBlur={() => setTyping(false)}>
            <CasesTab {...cases} onRun={ready ? cases.onRun : undefined} selected={shownCase} onSelect={setShownCase} />
          </div>
        </TabPanel>
      )}
      <TabPanel name="run" id="input" selected={part} className="flex min-h-0 grow flex-col gap-1.5 p-3">
        <InputTab input={input} parameters={parameters} onFocus={() => setTyping(true)} onBlur={() => setTyping(false)} />
      </TabPanel>
      <RunAnnouncer run={newest} />
    </section>
  );
}
