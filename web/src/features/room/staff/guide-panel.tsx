import { Trans, useLingui } from "@lingui/react/macro";
import { EyeOff, Lightbulb } from "lucide-react";
import { useState } from "react";

import { useLanguages } from "@/features/execution/api";
import { Markdown } from "@/ui/markdown";
import { CopyButton } from "@/ui/copy-button";
import { Select } from "@/ui/field";
import { Icon } from "@/ui/icon";
import { Loading } from "@/ui/spinner";
import { EmptyState, ErrorState } from "@/ui/states";
import type { Schemas } from "@/lib/api/client";

import { useRoom } from "../events/room-context";
import { usePlace } from "../pads/place";
import { useGuide } from "./api";

type PadGuide = Schemas["PadGuideView"];

/** Hints, opened one by one, and solutions: for those who interview. */
export function GuidePanel() {
  const { t } = useLingui();
  const { session } = useRoom();
  const { pad: here, pads: all } = usePlace();
  const { data, error, refetch } = useGuide(
    session.id,
    all.map(({ problem }) => problem),
  );
  const filled = data?.pads.filter(({ hints, solutions }) => hints.length > 0 || Object.keys(solutions).length > 0) ?? [];
  // What they look at comes first, the rest as in the room.
  const pads = filled.toSorted((a, b) => Number(b.pad === here.id) - Number(a.pad === here.id));
  return (
    // Keyboards scroll what has the focus.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section aria-label={t`Guide`} tabIndex={0} className="flex h-full flex-col gap-4 overflow-y-auto bg-base-100 p-3">
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : pads.length === 0 ? (
        <EmptyState icon={Lightbulb} title={<Trans>No hints for this problem</Trans>}>
          <Trans>Its package has no file hints.md. docs/problems.md says how one is written.</Trans>
        </EmptyState>
      ) : (
        <>
          <p className="quiet flex items-start gap-2 text-sm text-pretty">
            <Icon of={EyeOff} className="mt-0.5" />
            <Trans>Only the interviewers see this. Think of it when you share your screen.</Trans>
          </p>
          {pads.map((pad) => (
            <Pad key={pad.pad} guide={pad} titled={all.length > 1} language={all.find(({ id }) => id === pad.pad)?.language ?? null} />
          ))}
        </>
      )}
    </section>
  );
}

const FOLD = "rounded-field border border-base-300 [&>summary]:cursor-pointer [&>summary]:px-3 [&>summary]:py-2 [&>summary]:text-sm [&>summary]:font-medium";

function Pad({ guide, titled, language }: { guide: PadGuide; titled: boolean; language: string | null }) {
  return (
    <div className="flex flex-col gap-2">
      {titled && <h3 className="font-semibold">{guide.title}</h3>}
      {guide.hints.map((hint) => (
        <details key={hint.title} className={FOLD}>
          <summary>{hint.title}</summary>
          <Markdown text={hint.text} className="px-3 pb-3 text-sm" />
        </details>
      ))}
      {Object.keys(guide.solutions).length > 0 && (
        <details className={FOLD}>
          <summary>
            <Trans>Solution</Trans>
          </summary>
          <Solution solutions={guide.solutions} language={language} />
        </details>
      )}
    </div>
  );
}

/** In the language of the pad, if there is one in it. */
function Solution({ solutions, language }: Pick<PadGuide, "solutions"> & { language: string | null }) {
  const { t } = useLingui();
  const known = useLanguages().data?.languages ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const wanted = chosen ?? language ?? "";
  const shown = wanted in solutions ? wanted : (Object.keys(solutions)[0] ?? "");
  const source = solutions[shown] ?? "";
  return (
    <div className="flex flex-col gap-2 px-3 pb-3">
      <div className="flex items-center gap-2">
        <Select label={t`Language of the solution`} hideLabel value={shown} onChange={(event) => setChosen(event.target.value)} className="select-sm">
          {Object.keys(solutions).map((id) => (
            <option key={id} value={id}>
              {known.find((each) => each.id === id)?.name ?? id}
            </option>
          ))}
        </Select>
        <CopyButton text={source} label={t`Copy the solution`} />
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- keyboards scroll what has the focus */}
      <pre tabIndex={0} aria-label={t`Solution`} className="overflow-x-auto rounded-field bg-base-200 p-3 text-[0.8125rem] leading-5">
        {source}
      </pre>
    </div>
  );
}
