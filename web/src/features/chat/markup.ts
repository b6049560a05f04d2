/**
 * What a chat message is made of: paragraphs with links and inline code, and fenced blocks of code.
 *
 * A tokenizer for a handful of signs instead of Markdown: nothing here can make HTML, its time is linear in the length
 * of the text, and what it does not know stays as it was typed.
 */

export type Inline = { kind: "text"; text: string } | { kind: "code"; text: string } | { kind: "link"; href: string; text: string };

export type Block = { kind: "paragraph"; parts: Inline[] } | { kind: "code"; language: string; text: string };

/** Longer addresses stay text: nobody reads them, and nobody should click what they cannot read. */
const ADDRESS_MAX = 2_000;
const PROTOCOLS = new Set(["http:", "https:", "mailto:"]);
const ADDRESS = /(?:https?:\/\/|mailto:)[^\s<>"`]+/giu;
const FENCE = /^ {0,3}(`{3,})\s*([\w+#.-]*)\s*$/u;
/** They turn the order of what follows around: a link or code could show something else than it is. */
const BIDI = /[\u202A-\u202E\u2066-\u2069]/gu;

export function parse(text: string): Block[] {
  const blocks: Block[] = [];
  let plain: string[] = [];
  const endParagraph = (): void => {
    const joined = plain.join("\n").replace(/^\n+/u, "").trimEnd();
    if (joined) blocks.push({ kind: "paragraph", parts: inline(joined) });
    plain = [];
  };

  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const [, fence, language] = FENCE.exec(line) ?? [];
    if (!fence) {
      plain.push(line);
      continue;
    }
    endParagraph();
    const end = closing(lines, at + 1, fence.length);
    blocks.push({ kind: "code", language: language ?? "", text: visible(lines.slice(at + 1, end).join("\n")) });
    at = end;
  }
  endParagraph();
  return blocks;
}

/** The line of the closing fence: at least as long as the opening one, so that longer fences hold shorter ones. */
function closing(lines: string[], from: number, length: number): number {
  for (let at = from; at < lines.length; at += 1) {
    const [, fence, language] = FENCE.exec(lines[at] ?? "") ?? [];
    if (fence && !language && fence.length >= length) return at;
  }
  return lines.length; // never closed: the rest is code
}

function inline(text: string): Inline[] {
  const parts: Inline[] = [];
  let at = 0;
  for (const [open, close, length] of codeSpans(text)) {
    if (open < at) continue;
    parts.push(...links(text.slice(at, open)));
    parts.push({ kind: "code", text: visible(trimOne(text.slice(open + length, close))) });
    at = close + length;
  }
  parts.push(...links(text.slice(at)));
  return parts;
}

/** Pairs of equally long runs of back-ticks, in order, found in one pass. */
function codeSpans(text: string): [open: number, close: number, length: number][] {
  const runs = [...text.matchAll(/`+/gu)].map((match) => ({ at: match.index, length: match[0].length }));
  const next = new Map<number, number>();
  const partner = new Array<number | undefined>(runs.length);
  for (let index = runs.length - 1; index >= 0; index -= 1) {
    const { length } = runs[index] ?? { length: 0 };
    partner[index] = next.get(length);
    next.set(length, index);
  }
  const spans: [number, number, number][] = [];
  for (let index = 0; index < runs.length; index += 1) {
    const open = runs[index];
    const close = runs[partner[index] ?? -1];
    if (!open || !close) continue;
    spans.push([open.at, close.at, open.length]);
    index = partner[index] ?? index;
  }
  return spans;
}

/** One blank on each side lets code begin or end with a back-tick. */
function trimOne(code: string): string {
  return code.length > 2 && code.startsWith(" ") && code.endsWith(" ") && code.trim() ? code.slice(1, -1) : code;
}

function links(text: string): Inline[] {
  const parts: Inline[] = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutPunctuation(match[0]);
    const link = glued(text, match.index) ? null : linkTo(address);
    if (!link) continue;
    if (match.index > at) parts.push({ kind: "text", text: harmless(text.slice(at, match.index)) });
    parts.push(link);
    at = match.index + address.length;
  }
  if (at < text.length) parts.push({ kind: "text", text: harmless(text.slice(at)) });
  return parts;
}

/** The end of another word, e.g. `xhttp://`. */
function glued(text: string, at: number): boolean {
  return at > 0 && /[\p{L}\p{N}]/u.test(text.charAt(at - 1));
}

/** A full stop after an address ends the sentence; a bracket belongs to it only if it was opened in it. */
function withoutPunctuation(address: string): string {
  let open = (address.match(/\(/gu)?.length ?? 0) - (address.match(/\)/gu)?.length ?? 0);
  let end = address.length;
  while (end > 0) {
    const last = address.charAt(end - 1);
    if (last === ")" && open < 0) open += 1;
    else if (!/[.,;:!?'\]}*_]/u.test(last)) break;
    end -= 1;
  }
  return address.slice(0, end);
}

function linkTo(address: string): Inline | null {
  if (address.length > ADDRESS_MAX || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (!PROTOCOLS.has(url.protocol)) return null;
  // `https://bank.example@evil.example`: what it looks like is not where it goes.
  if (url.username || url.password) return null;
  // Letters that look like others, or that turn the order around, are shown as the browser will send them.
  const plain = /^[\x21-\x7e]*$/u.test(address);
  return { kind: "link", href: url.href, text: plain ? address : url.href };
}

function harmless(text: string): string {
  return text.replace(BIDI, "");
}

/** In code nothing may be hidden: such signs are written out, and copied so. */
function visible(code: string): string {
  return code.replace(BIDI, (sign) => `\\u${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
