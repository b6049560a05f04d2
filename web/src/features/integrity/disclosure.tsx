import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react";
import { Trans } from "@lingui/react/macro";
import { Bot } from "lucide-react";

import type { Schemas } from "@/lib/api/client";
import { Icon } from "@/ui/icon";

export type AiPolicy = Schemas["AiPolicy"];

/**
 * What is recorded of candidates besides what everybody sees in the room. The one text: on the page of the invite, in the
 * lobby and in the room. It says what `activity/model.py` keeps, no less and no more (docs/room.md, "What is recorded").
 */
export const RECORDED: readonly MessageDescriptor[] = [
  msg`When you paste into the code: how many characters and lines, into which file, and whether you had copied it in this room or elsewhere.`,
  msg`When you leave the room's tab, when you come back, and after how long. Not where you were.`,
  msg`When you copy from the problem's statement: how many characters.`,
];

const POLICY: Record<AiPolicy, MessageDescriptor> = {
  unset: msg`The host has not said whether AI tools may be used. Ask before you use one.`,
  forbidden: msg`AI tools are not allowed in this interview.`,
  ask: msg`Ask before you use an AI tool in this interview.`,
  allowed: msg`AI tools are allowed in this interview.`,
};

export function usePolicySentence(): (policy: AiPolicy) => string {
  const { _ } = useLingui();
  return (policy) => _(POLICY[policy]);
}

interface PolicyProps {
  aiPolicy: AiPolicy;
  /** The host's own words; may be empty. */
  aiNote: string;
}

/** Whether AI tools may be used. */
export function PolicyText({ aiPolicy, aiNote }: PolicyProps) {
  const sentence = usePolicySentence();
  return (
    <div className="flex gap-2" data-testid="ai-policy" data-policy={aiPolicy}>
      <Icon of={Bot} className="mt-0.5 shrink-0" />
      <div className="min-w-0">
        <p className="font-medium">{sentence(aiPolicy)}</p>
        {aiNote && (
          <p dir="auto" className="quiet wrap-anywhere whitespace-pre-wrap">
            {aiNote}
          </p>
        )}
      </div>
    </div>
  );
}

/** What is recorded, word for word the same wherever it stands. */
export function RecordedText() {
  const { _ } = useLingui();
  return (
    <div data-testid="recorded">
      <p>
        <Trans>Kept with the session: the code and how it came about, runs, chat, and who comes and goes. Of candidates also:</Trans>
      </p>
      <ul className="my-1 list-disc pl-5">
        {RECORDED.map((one) => (
          <li key={one.id}>{_(one)}</li>
        ))}
      </ul>
      <p>
        <Trans>The interviewers see it. A call is recorded only while the room says so. Nothing else is collected.</Trans>
      </p>
    </div>
  );
}

/** For a candidate, before they join. */
export function Disclosure(props: PolicyProps) {
  return (
    <section className="flex flex-col gap-2 rounded-field border border-base-300 bg-base-100 px-3 py-2.5 text-sm text-pretty" data-testid="disclosure">
      <PolicyText {...props} />
      <RecordedText />
    </section>
  );
}
