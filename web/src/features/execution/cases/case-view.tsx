import { Trans, useLingui } from "@lingui/react/macro";
import { Copy, Play, Trash2 } from "lucide-react";
import type { ReactNode } from "react";

import { Button } from "@/ui/button";

import { CaseText, LABEL, partOf } from "./case-text";
import { type CaseField, type CaseProblem, type DraftCase, expectedType, type Faults, fieldsOf, inputOf, textsOf } from "./model";
import type { Type } from "./types";

/** More of a large test is not read here. */
const SHOWN_CHARS = 2_000;

type OnRun = ((input: string) => void) | undefined;

interface CaseViewProps {
  problem: CaseProblem;
  test: CaseProblem["visibleTests"][number];
  onRun: OnRun;
  /** For who may make cases of their own. */
  onCopy: (() => void) | undefined;
}

/** A visible test: to read, to run, to make a case of one's own from. */
export function CaseView({ problem, test, onRun, onCopy }: CaseViewProps) {
  const { t } = useLingui();
  const texts = textsOf(problem, test.input);
  const beside = problem.signature !== null;
  return (
    <>
      <Head note={t`A test of the problem`}>
        {onCopy && (
          <Button size="s" icon={Copy} onClick={onCopy} className="btn-xs">
            <Trans>Copy as own case</Trans>
          </Button>
        )}
        <RunCase onRun={onRun} input={test.input} />
      </Head>
      <dl className={layout(problem)}>
        {fieldsOf(problem).map((field) => (
          <ReadOnly key={field.name} beside={beside} label={<FieldName field={field} />} text={texts[field.name] ?? ""} />
        ))}
        <ReadOnly beside={beside} label={<ExpectedName type={expectedType(problem)} />} text={test.expected} />
      </dl>
    </>
  );
}

interface OwnCaseViewProps {
  problem: CaseProblem;
  draft: DraftCase;
  faults: Faults;
  shared: boolean;
  onRun: OnRun;
  /** For who may change it; `field` null is what is expected. */
  onWrite: ((field: string | null, text: string) => void) | undefined;
  onRemove: () => void;
}

/** A case of somebody's own, one field for each parameter. */
export function OwnCaseView({ problem, draft, faults, shared, onRun, onWrite, onRemove }: OwnCaseViewProps) {
  const { t } = useLingui();
  const note = shared ? (draft.author ? t`By ${draft.author}, the same for everybody here` : t`The same for everybody here`) : t`Kept in this browser`;
  const beside = problem.signature !== null;
  const faulty = faults.expected !== undefined || Object.keys(faults.fields).length > 0;
  return (
    <>
      <Head note={note}>
        {onWrite && (
          <Button size="s" icon={Trash2} onClick={onRemove} className="btn-xs">
            <Trans>Remove</Trans>
          </Button>
        )}
        <RunCase onRun={onRun} input={inputOf(problem, draft.texts)} disabled={faulty} />
      </Head>
      <div className={layout(problem)}>
        {fieldsOf(problem).map((field) => (
          <CaseText
            key={field.name}
            beside={beside}
            label={<FieldName field={field} />}
            value={draft.texts[field.name] ?? ""}
            fault={faults.fields[field.name]}
            onWrite={onWrite && ((text) => onWrite(field.name, text))}
          />
        ))}
        <CaseText
          beside={beside}
          label={<ExpectedName type={expectedType(problem)} />}
          value={draft.expected}
          fault={faults.expected}
          hint={onWrite && !draft.expected ? t`May be left empty: then what comes out is only shown.` : undefined}
          onWrite={onWrite && ((text) => onWrite(null, text))}
        />
      </div>
    </>
  );
}

/** Parameters below each other; input and output of a program side by side, where there is room. */
const layout = ({ signature }: CaseProblem): string => (signature ? "flex flex-col gap-2" : "grid gap-2.5 @xl:grid-cols-2");

function Head({ note, children }: { note: string; children: ReactNode }) {
  return (
    <div className="mb-2 flex flex-wrap items-center gap-1.5">
      <p className="quiet min-w-0 grow basis-24 text-xs">{note}</p>
      {children}
    </div>
  );
}

function RunCase({ onRun, input, disabled = false }: { onRun: OnRun; input: string; disabled?: boolean }) {
  if (!onRun) return null;
  return (
    <Button size="s" icon={Play} onClick={() => onRun(input)} disabled={disabled} className="btn-xs">
      <Trans>Run this case</Trans>
    </Button>
  );
}

function FieldName({ field: { name, type } }: { field: CaseField }) {
  if (!type) return <Trans>Input</Trans>;
  return (
    <>
      <span className="font-mono text-[0.8125rem]">{name}</span> <TypeName type={type} />
    </>
  );
}

function ExpectedName({ type }: { type: Type | null }) {
  return (
    <>
      <Trans>Expected</Trans> {type && <TypeName type={type} />}
    </>
  );
}

const TypeName = ({ type }: { type: Type }) => <span className="quiet font-mono text-xs font-normal">{type.text}</span>;

function ReadOnly({ label, beside, text }: { label: ReactNode; beside: boolean; text: string }) {
  const shown = text.trimEnd();
  return (
    <div className={partOf(beside)}>
      <dt className={LABEL}>{label}</dt>
      <dd className="min-w-0">
        <pre className="max-h-40 overflow-auto rounded-field bg-base-200 px-2.5 py-1.5 font-mono text-[0.8125rem] leading-5 wrap-anywhere whitespace-pre-wrap">
          {shown.length > SHOWN_CHARS ? `${shown.slice(0, SHOWN_CHARS)}…` : shown || " "}
        </pre>
      </dd>
    </div>
  );
}
