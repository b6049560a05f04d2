import { Trans, useLingui } from "@lingui/react/macro";
import { RotateCcw } from "lucide-react";
import { lazy, Suspense, useCallback, useRef, useState } from "react";
import { Link, useLocation } from "react-router";

import { signInPath } from "@/features/accounts/next";
import { useMe } from "@/features/accounts/use-me";
import type { Problem } from "@/features/problems/api";
import { useConfig } from "@/lib/config";
import { IconButton } from "@/ui/button";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { Loading } from "@/ui/spinner";
import { SplitPane } from "@/ui/split-pane";
import { ErrorState } from "@/ui/states";

import { useLanguages } from "./api";
import { useKeptCases } from "./cases/kept-cases";
import { ownCases } from "./cases/model";
import { EditorSettingsButton } from "./editor-settings-button";
import { LanguagePicker } from "./language-picker";
import { type Language, type RunMode, whyNoTests } from "./model";
import { RunPanel } from "./run-panel";
import { onRunShortcut } from "./run-shortcut";
import type { SoloEditorHandle } from "./solo-editor";
import { keepLanguage, keepText, keptLanguage, keptText } from "./solo-texts";
import { NO_INPUT, useRunInput } from "./use-run-input";
import { useSoloRuns } from "./use-solo-runs";

const SoloEditor = lazy(() => import("./solo-editor"));

interface Props {
  problem: Problem;
}

/** Editor and runs for one person, on the page of a problem. */
export function SoloWorkbench(props: Props) {
  const { data, error, refetch } = useLanguages();
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return <Bench {...props} languages={data.languages} unavailable={data.unavailable} />;
}

function Bench({ problem, languages, unavailable }: Props & { languages: Language[]; unavailable: string | null }) {
  const { t } = useLingui();
  const { slug, starters } = problem;
  const { me } = useMe();
  const here = useLocation();
  const { runs, start, starting, stop, type } = useSoloRuns();
  const [chosen, setChosen] = useState(keptLanguage);
  const [texts, setTexts] = useState<Record<string, string>>({});
  const input = useRunInput(problem.examples[0]?.input ?? "");
  const book = useKeptCases(slug);
  const limits = useConfig()?.limits;
  const [resetting, setResetting] = useState(false);
  const editor = useRef<SoloEditorHandle>(null);

  const language = languages.find(({ id }) => id === chosen) ?? languages[0];
  const starter = language ? (starters[language.id] ?? language.starter) : "";
  const source = language ? (texts[language.id] ?? keptText(slug, language.id) ?? starter) : "";

  const write = useCallback(
    (id: string, text: string) => {
      setTexts((before) => ({ ...before, [id]: text }));
      keepText(slug, id, text);
    },
    [slug],
  );
  const choose = (id: string) => {
    setChosen(id);
    keepLanguage(id);
  };
  const refusal = refusalOf();
  const run = (mode: RunMode, given?: string) => {
    if (!language || refusal || starting) return;
    const what = { language: language.id, source, mode, problem: slug };
    if (mode === "tests") start({ ...what, ...NO_INPUT, cases: ownCases(problem, book.cases, limits) });
    else start({ ...what, ...(given === undefined ? input.of(source) : { stdin: given, interactive: false }) });
  };
  const stopNewest = () => {
    const going = runs.find(({ status }) => status !== "finished");
    if (going) stop(going);
  };

  const desk = (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex items-center gap-1 border-b border-base-300 px-1.5 py-1">
        <LanguagePicker languages={languages} selected={language?.id ?? ""} onSelect={choose} />
        <span className="grow" />
        <IconButton icon={RotateCcw} label={t`Back to the starter code`} disabled={source === starter} onClick={() => setResetting(true)} />
        <EditorSettingsButton />
      </div>
      <div className="min-h-0 grow">
        {language && (
          <Suspense fallback={<Loading label={t`Loading the editor`} />}>
            <SoloEditor
              ref={editor}
              label={t`Code, ${language.name}`}
              textId={language.id}
              text={source}
              monacoLanguage={language.monaco}
              onChange={write}
            />
          </Suspense>
        )}
      </div>
    </div>
  );
  return (
    <div className="h-full" onKeyDownCapture={onRunShortcut(() => run("run"), stopNewest)}>
      <SplitPane
        name="solo-run"
        label={t`Height of the editor`}
        direction="column"
        initial={64}
        start={desk}
        end={
          <RunPanel
            runs={runs}
            languages={languages}
            me={me?.id ?? null}
            input={input}
            onRun={(mode) => run(mode)}
            starting={starting}
            hasTests={problem.visibleTests.length > 0}
            noTests={language && whyNoTests(problem, language)}
            cases={{ problem, book, onRun: (given) => run("run", given) }}
            refusal={refusal}
            hands={{ type, stop, connected: true }}
          />
        }
      />
      <ConfirmDialog
        open={resetting}
        onClose={() => setResetting(false)}
        onConfirm={() => {
          editor.current?.replace(starter);
          setResetting(false);
        }}
        title={t`Back to the starter code?`}
        confirm={t`Replace my code`}
        danger
      >
        <Trans>Your {language?.name} code for this problem is replaced. Ctrl+Z in the editor brings it back as long as this page is open.</Trans>
      </ConfirmDialog>
    </div>
  );

  function refusalOf() {
    if (unavailable) return unavailable;
    if (me === null) {
      return (
        <Trans>
          <Link to={signInPath(here.pathname)} className="link">
            Sign in
          </Link>{" "}
          to run code. What you write is kept in this browser.
        </Trans>
      );
    }
    return undefined;
  }
}
