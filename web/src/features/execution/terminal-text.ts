/** What a program printed, as text for a page. */

// eslint-disable-next-line no-control-regex -- these are what is looked for: colours, cursor moves, window titles
const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
// eslint-disable-next-line no-control-regex -- all but tab and line feed would show as boxes, or not at all
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
/** A line that is written over again (a progress bar) shows what was written last. */
const OVERWRITTEN = /^.*\r(?=[^\n])/gm;

export function plainText(output: string): string {
  return output.replaceAll("\r\n", "\n").replace(ESCAPES, "").replace(OVERWRITTEN, "").replace(CONTROLS, "");
}

/** More than this slows the page down, and nobody reads it there. */
export const SHOWN_CHARS = 100_000;

/** The end of a long output, from the beginning of a line, and how much was left out before it. */
export function tail(text: string, limit = SHOWN_CHARS): { text: string; hidden: number } {
  if (text.length <= limit) return { text, hidden: 0 };
  const cut = text.length - limit;
  const lineEnd = text.indexOf("\n", cut);
  const start = lineEnd === -1 || lineEnd === text.length - 1 ? cut : lineEnd + 1;
  return { text: text.slice(start), hidden: start };
}
