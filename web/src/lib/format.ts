import { i18n } from "@lingui/core";
import { plural, t } from "@lingui/core/macro";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "23 Nov 2026, 14:05" in the reader's language and time zone. */
export function dateTime(at: string): string {
  return new Intl.DateTimeFormat(i18n.locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));
}

export function timeOfDay(at: string): string {
  return new Intl.DateTimeFormat(i18n.locale, { timeStyle: "short" }).format(new Date(at));
}

/** "3 minutes ago", "yesterday"; beyond a week the date. */
export function ago(at: string, now = Date.now()): string {
  const since = now - Date.parse(at);
  const words = new Intl.RelativeTimeFormat(i18n.locale, { numeric: "auto" });
  if (since < MINUTE) return t`just now`;
  if (since < HOUR) return words.format(-Math.floor(since / MINUTE), "minute");
  if (since < DAY) return words.format(-Math.floor(since / HOUR), "hour");
  if (since < 7 * DAY) return words.format(-Math.floor(since / DAY), "day");
  return new Intl.DateTimeFormat(i18n.locale, { dateStyle: "medium" }).format(new Date(at));
}

/** How long something took: "less than a minute", "42 min", "1 h 5 min". */
export function duration(ms: number): string {
  const minutes = Math.round(ms / MINUTE);
  if (minutes < 1) return t`less than a minute`;
  if (minutes < 60) return t`${minutes} min`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return rest ? t`${hours} h ${rest} min` : t`${hours} h`;
}

/** Time of a program: "38 ms", "1.24 s". */
export function runTime(ms: number): string {
  if (ms < 1000) return t`${Math.round(ms)} ms`;
  const seconds = new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: 2 }).format(ms / 1000);
  return t`${seconds} s`;
}

/** "12 kB", "5 MB": thousands, as the limits are set. */
export function bytes(count: number): string {
  const number = new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: 1 });
  if (count < 1000) return plural(count, { one: "# byte", other: "# bytes" });
  if (count < 1_000_000) return t`${number.format(count / 1000)} kB`;
  return t`${number.format(count / 1_000_000)} MB`;
}

export const count = (value: number): string => new Intl.NumberFormat(i18n.locale).format(value);
