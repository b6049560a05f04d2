import { Trans, useLingui } from "@lingui/react/macro";

import { Select, TextArea } from "@/ui/field";

import type { AiPolicy } from "./disclosure";

/** As the server has it (`AI_NOTE_MAX`): a few sentences, read by somebody who is nervous. */
const NOTE_MAX = 500;

export interface Policy {
  aiPolicy: AiPolicy;
  aiNote: string;
}

interface Props {
  value: Policy;
  onChange: (policy: Policy) => void;
}

/** Whether candidates may use AI tools, chosen by who leads the session. */
export function PolicyFields({ value, onChange }: Props) {
  const { t } = useLingui();
  const names: Record<AiPolicy, string> = {
    unset: t`Not said`,
    forbidden: t`Not allowed`,
    ask: t`Only after asking`,
    allowed: t`Allowed`,
  };
  const policies = Object.keys(names) as AiPolicy[];
  return (
    <div className="flex flex-col gap-3">
      <Select
        label={<Trans>AI tools</Trans>}
        hint={<Trans>Candidates read it before they join.</Trans>}
        value={value.aiPolicy}
        onChange={(event) => {
          const aiPolicy = event.target.value as AiPolicy;
          onChange({ aiPolicy, aiNote: aiPolicy === "unset" ? "" : value.aiNote });
        }}
      >
        {policies.map((policy) => (
          <option key={policy} value={policy}>
            {names[policy]}
          </option>
        ))}
      </Select>
      {value.aiPolicy !== "unset" && (
        <TextArea
          label={<Trans>In your own words (optional)</Trans>}
          rows={2}
          maxLength={NOTE_MAX}
          value={value.aiNote}
          onChange={(event) => onChange({ ...value, aiNote: event.target.value })}
        />
      )}
    </div>
  );
}
