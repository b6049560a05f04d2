/** The result as plain text, to send to whoever helps: no names of people or devices, no addresses, no secrets. */

import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";

import { type CheckId, CHECKS, type Findings, NAMES, STATES, summaryOf } from "./model";

export function reportOf(findings: Findings, i18n: I18n, browser: string, at: Date): string {
  const summary = summaryOf(findings, "done");
  const line = (id: CheckId): string => {
    const { state, measured, says } = findings[id];
    const name = measured ? `${i18n._(NAMES[id])} (${measured})` : i18n._(NAMES[id]);
    return `- ${name}: ${i18n._(STATES[state])}. ${i18n._(says)}`;
  };
  const lines = [t`Connection test, ${at.toISOString()}`, browser, "", i18n._(summary.title), "", ...CHECKS.map(line), ""];
  return lines.join("\n");
}
