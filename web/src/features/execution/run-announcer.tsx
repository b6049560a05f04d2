import { useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";

import type { Run } from "./model";
import { plainText } from "./terminal-text";
import { sentenceOf } from "./verdict";

/** A program that pauses for so long waits for somebody, or has said its say. */
const PAUSE_MS = 700;
const HEARD_CHARS = 200;

/** What who listens to the page hears of the newest run: how it ended, and what a program asks that can be typed to. */
export function RunAnnouncer({ run }: { run: Run | undefined }) {
  const { t } = useLingui();
  const asked = useAsked(run);
  return (
    <p role="status" className="sr-only">
      {run?.status === "finished" && `${run.by.name}: ${sentenceOf(run)}`}
      {asked && t`The program says: ${asked}`}
    </p>
  );
}

/** The end of what it has printed since somebody typed, once it pauses: a flood of output is one announcement. */
function useAsked(run: Run | undefined): string {
  const since = run?.typed.at(-1)?.stdoutAt ?? 0;
  const said = run?.takesInput ? plainText(run.stdout.slice(since)).slice(-HEARD_CHARS).trim() : "";
  const [asked, setAsked] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setAsked(said), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return said && asked;
}
