import { Trans, useLingui } from "@lingui/react/macro";
import { CircleAlert, Plus } from "lucide-react";

import { useConfig } from "@/lib/config";
import { count } from "@/lib/format";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { TabList, TabPanel } from "@/ui/tabs";
import { toast } from "@/ui/toast";

import { CaseView, OwnCaseView } from "./case-view";
import { type CaseBook, type CaseProblem, exampleTexts, faultsOf, type Texts, textsOf } from "./model";

export interface Cases {
  problem: CaseProblem;
  book: CaseBook;
  /** Runs the program once, with this input; undefined for who may not run. */
  onRun: ((input: string) => void) | undefined;
}

interface Props extends Cases {
  /** Id of a case of one's own, or the number of a visible one. */
  selected: string;
  onSelect: (id: string) => void;
}

/** The cases that a program is tried with: those of the problem to read, and one's own. */
export function CasesTab({ problem, book, onRun, selected, onSelect }: Props) {
  const { t } = useLingui();
  const limits = useConfig()?.limits;
  const own = book.cases.map((draft, index) => ({ draft, name: t`Own case ${index + 1}`, faults: faultsOf(problem, draft) }));
  const tabs = [
    ...problem.visibleTests.map(({ name }, index) => ({ id: String(index), label: name })),
    ...own.map(({ draft, name, faults }) => ({
      id: draft.id,
      label: name,
      badge: (faults.expected ?? Object.keys(faults.fields)[0]) && <Faulty />,
    })),
  ];
  // Somebody may have removed the one that was shown.
  const shown = tabs.some(({ id }) => id === selected) ? selected : (tabs[0]?.id ?? "");
  const visible = problem.visibleTests[Number(shown)];
  const mine = own.find(({ draft }) => draft.id === shown);

  const tooLong = (texts: Iterable<string>) => {
    const max = limits?.ownCaseTextMax;
    if (max === undefined || [...texts].reduce((sum, text) => sum + text.length, 0) <= max) return false;
    toast.error(t`A case of one's own has at most ${count(max)} characters.`);
    return true;
  };
  const add = (texts: Texts, expected: string) => {
    if (limits && book.cases.length >= limits.ownCasesMax) {
      toast.error(t`There are ${limits.ownCasesMax} own cases, and more are not run at once. Remove one first.`);
      return;
    }
    if (!tooLong(Object.values(texts)) && !tooLong([expected])) onSelect(book.add(texts, expected));
  };
  const write = (id: string, texts: Texts) => (field: string | null, text: string) => {
    const all = field === null ? [text] : Object.values({ ...texts, [field]: text });
    if (!tooLong(all)) book.write(id, field, text);
  };
  const addOne = () => add(mine?.draft.texts ?? (visible ? textsOf(problem, visible.input) : exampleTexts(problem)), "");
  return (
    <>
      <div className="flex items-center gap-1 border-b border-base-300 pe-2">
        <TabList name="case" label={t`Cases`} tabs={tabs} selected={shown} onSelect={onSelect} className="min-w-0" />
        {book.canEdit && (
          <Button size="s" look="quiet" icon={Plus} onClick={addOne} className="btn-xs shrink-0">
            <Trans>Add a case</Trans>
          </Button>
        )}
      </div>
      <TabPanel name="case" id={shown} selected={shown} className="min-h-0 grow overflow-y-auto px-3 py-2">
        {visible && (
          <CaseView problem={problem} test={visible} onRun={onRun} onCopy={book.canEdit ? () => add(textsOf(problem, visible.input), visible.expected.trimEnd()) : undefined} />
        )}
        {mine && (
          <OwnCaseView
            key={shown}
            problem={problem}
            {...mine}
            shared={book.shared}
            onRun={onRun}
            onWrite={book.canEdit ? write(shown, mine.draft.texts) : undefined}
            onRemove={() => {
              book.remove(shown);
              onSelect(tabs[tabs.findIndex(({ id }) => id === shown) - 1]?.id ?? "");
            }}
          />
        )}
        {!visible && !mine && (
          <p className="quiet text-sm">
            <Trans>This problem has no tests. Run takes what stands under “Input”.</Trans>
          </p>
        )}
      </TabPanel>
    </>
  );
}

function Faulty() {
  const { t } = useLingui();
  return (
    <>
      <Icon of={CircleAlert} size={13} className="text-error" />
      <span className="sr-only">{t`, something is wrong`}</span>
    </>
  );
}
