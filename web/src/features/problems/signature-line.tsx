import { Trans } from "@lingui/react/macro";

import type { Problem } from "./api";

/** `two_sum(nums: list<int>, target: int) → list<int>`: what a function problem asks for, whatever the language. */
export function SignatureLine({ signature }: { signature: NonNullable<Problem["signature"]> }) {
  const { name, parameters, returns, inPlace } = signature;
  const given = parameters.map((one) => `${one.name}: ${one.type}`).join(", ");
  return (
    <>
      <code className="font-mono text-[0.8125rem] wrap-anywhere">
        <span className="font-semibold">{name}</span>
        {`(${given})`}
        {inPlace === null && ` → ${returns}`}
      </code>
      {inPlace !== null && (
        <span className="quiet ms-2 text-sm">
          <Trans>changes {inPlace}, and that is the answer</Trans>
        </span>
      )}
    </>
  );
}
