/** How a text is indented, as far as one can see. */

const LOOKED_AT = 200; // lines; a file does not change its mind later
const STANDARD = "    ";
const WIDEST = 8;

/** One step: a tab or some spaces. */
export function indentationOf(text: string): string {
  let smallest = Infinity;
  for (const line of text.split("\n", LOOKED_AT)) {
    if (line.startsWith("\t")) return "\t";
    const spaces = /^ +(?=\S)/.exec(line)?.[0].length ?? 0;
    // One space is the star of a comment, e.g.
    if (spaces > 1) smallest = Math.min(smallest, spaces);
  }
  return smallest <= WIDEST ? " ".repeat(smallest) : STANDARD;
}
