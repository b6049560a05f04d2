import { Trans, useLingui } from "@lingui/react/macro";
import { FlaskConical, Play } from "lucide-react";
import { useState } from "react";

import { Button } from "@/ui/button";
import { TabList, TabPanel } from "@/ui/tabs";

import type { Language, Run, RunMode } from "./model";
import { RunHistory } from "./run-history";
import { RunResult } from "./run-result";
import { sentenceOf } from "./verdict";

export interface RunPanelProps {
  /** Newest first. */
  runs: readonly Run[];
  languages: readonly Language[];
  /** Id of the reader. */
  me: string | null;
  stdin: string;
  onStdin: (text: string) => void;
  onRun: (mode: RunMode) => void;
  /** Which request is on its way. */
  starting: RunMode | null;
  hasTests: boolean;
  /** Why nothing can be run, if so. */
  refusal?: React.ReactNode;
}

type Part = "result" | "input";

/** Run and test buttons, what goes into the program, what came of it. */
export function RunPanel({ runs, languages, me, stdin, onStdin, onRun, starting, hasTests, refusal }: RunPanelProps) {
  const { t } = useLingui();
  const newest = runs[0];
  const [part, setPart] = useState<Part>("result");
  const [chosen, setChosen] = useState<string | null>(null);
  const [seen, setSeen] = useState(newest?.id);
  const [typing, setTyping] = useState(false);
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
  return (
    <section aria-label={t`Run`} className="flex h-full min-h-0 flex-col bg-base-100">
      <div className="flex items-center gap-1 border-b border-base-300 pr-2">
        <TabList
          name="run"
          label={t`Run`}
          tabs={[
            { id: "result", label: t`Result` },
            { id: "input", label: t`Input` },
          ]}
          selected={part}
          onSelect={setPart}
          className="grow"
        />
        <RunHistory runs={runs} languages={languages} selected={run?.id} onSelect={choose} />
        {hasTests && (
          <Button size="s" icon={FlaskConical} busy={starting === "tests"} disabled={!ready} onClick={() => onRun("tests")}>
            <Trans>Run tests</Trans>
          </Button>
        )}
        <Button size="s" look="primary" icon={Play} busy={starting === "run"} disabled={!ready} onClick={() => onRun("run")} title={t`Ctrl+Enter`}>
          <Trans>Run</Trans>
        </Button>
      </div>
      {refusal && <div className="border-b border-base-300 bg-warning/10 px-3 py-2 text-sm text-pretty">{refusal}</div>}
      <TabPanel name="run" id="result" selected={part} className="min-h-0 grow">
        <RunResult run={run} languages={languages} me={me} />
      </TabPanel>
      <TabPanel name="run" id="input" selected={part} className="flex min-h-0 grow flex-col gap-1.5 p-3">
        <label htmlFor="run-stdin" className="quiet text-xs">
          <Trans>Standard input of Run. The tests bring their own.</Trans>
        </label>
        <textarea
          id="run-stdin"
          value={stdin}
          onChange={(event) => onStdin(event.target.value)}
          onFocus={() => setTyping(true)}
          onBlur={() => setTyping(false)}
          spellCheck={false}
          className="textarea min-h-0 w-full grow resize-none font-mono text-[0.8125rem] leading-5"
        />
      </TabPanel>
      <p role="status" className="sr-only">
        {newest?.status === "finished" && `${newest.by.name}: ${sentenceOf(newest)}`}
      </p>
    </section>
  );
}
