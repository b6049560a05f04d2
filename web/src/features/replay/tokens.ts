/**
 * A little colour for code that is only looked at: comments, strings, numbers and the words that most languages share.
 * An editor knows better, but is 4 MB, which an exported file cannot carry. What it does not know stays as it is.
 */

export type TokenKind = "comment" | "string" | "number" | "keyword";

export interface Token {
  from: number;
  to: number;
  kind: TokenKind;
}

/** Characters: some 500 lines. All of it is coloured anew with every letter typed, sixty times a second when it is played fast. */
const LONGEST = 20_000;

// None of these goes back over what it has read: their time is linear in the text, whoever wrote it.
const SLASHES = String.raw`\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)`;
const HASH = String.raw`#[^\n]*`;
const DASHES = String.raw`--[^\n]*`;
const SEMICOLON = String.raw`;[^\n]*`;
const PERCENT = String.raw`%[^\n]*`;
const LONG_STRINGS = String.raw`"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)`;
const STRINGS = String.raw`"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?`;
const BACKTICKS = "`(?:\\\\[^]|[^`\\\\])*`?";

const COMMENTS: Partial<Record<string, string>> = {
  ...of(HASH, "py rb sh bash r pl ex exs jl nim yml yaml tcl"),
  ...of(`${SLASHES}|${HASH}`, "php"),
  ...of(DASHES, "sql lua hs adb"),
  ...of(SEMICOLON, "clj lisp asm scm"),
  ...of(PERCENT, "erl"),
};

function of(comment: string, extensions: string): Record<string, string> {
  return Object.fromEntries(extensions.split(" ").map((extension) => [extension, comment]));
}

const KEYWORDS = new Set(
  (
    "abstract and as async await begin break case catch char class const continue def default defer del do double elif else elsif end " +
    "enum except export extends extern false final finally float fn for foreach from fun func function go goto if impl implements import in " +
    "instanceof int interface is lambda let long loop match mod module mut namespace new nil none not null object of or override package pass " +
    "private protected public raise require rescue return select self short static struct super switch template then this throw throws trait true " +
    "try type typeof union unless unsigned until use using val var virtual void when where while with yield None True False"
  ).split(" "),
);

/** What is to be coloured, in order; all else is plain. */
export function tokensOf(text: string, path: string): Token[] {
  if (text.length > LONGEST) return [];
  const extension = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  if (extension === "txt" || extension === "md") return [];
  const comments = COMMENTS[extension] ?? SLASHES;
  const strings = extension === "py" ? `${LONG_STRINGS}|${STRINGS}` : `${STRINGS}|${BACKTICKS}`;
  const pattern = new RegExp(String.raw`(${comments})|(${strings})|(\b\d[\w.]*)|([A-Za-z_]\w*)`, "g");
  return [...text.matchAll(pattern)].flatMap((found) => {
    const [whole, comment, string, number] = found;
    const kind = comment ? "comment" : string ? "string" : number ? "number" : KEYWORDS.has(whole) ? "keyword" : null;
    return kind ? [{ from: found.index, to: found.index + whole.length, kind } satisfies Token] : [];
  });
}

export interface Piece {
  text: string;
  kind: TokenKind | null;
}

/** The text from `from` to `to`, cut where its colour changes. */
export function piecesOf(text: string, tokens: readonly Token[], from: number, to: number): Piece[] {
  const pieces: Piece[] = [];
  let at = from;
  const upTo = (end: number, kind: TokenKind | null) => {
    if (end > at) pieces.push({ text: text.slice(at, end), kind });
    at = Math.max(at, end);
  };
  for (const token of tokens) {
    if (token.to <= from) continue;
    if (token.from >= to) break;
    upTo(Math.min(token.from, to), null);
    upTo(Math.min(token.to, to), token.kind);
  }
  upTo(to, null);
  return pieces;
}
