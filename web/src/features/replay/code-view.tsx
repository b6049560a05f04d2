import { useLingui } from "@lingui/react/macro";
import { useLayoutEffect, useMemo, useRef } from "react";

import type { Edit } from "./code-track";
import { piecesOf, type Token, type TokenKind, tokensOf } from "./tokens";

interface Props {
  path: string;
  label: string;
  text: string;
  /** What was changed last, if it was in this file. */
  edit: Edit | null;
}

/** A file as it was, with its last change marked and in sight. */
export function CodeView({ path, label, text, edit }: Props) {
  const { t } = useLingui();
  const box = useRef<HTMLDivElement>(null);
  const mark = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (box.current && mark.current) keepInSight(box.current, mark.current);
  }, [edit]);
  const lines = text.split("\n").length;
  const tokens = useMemo(() => tokensOf(text, path), [text, path]);
  const { from, to } = edit ?? { from: text.length, to: text.length };
  return (
    // Keyboards scroll what has the focus.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={box} role="region" aria-label={t`${label} at this moment`} tabIndex={0} data-scrolls className="flex h-full overflow-auto bg-base-100 py-2 font-mono text-[0.8125rem] leading-5">
      <pre aria-hidden className="quiet sticky left-0 z-1 h-max min-w-12 shrink-0 bg-base-100 pr-3 pl-2 text-right select-none">
        {Array.from({ length: lines }, (_, index) => index + 1).join("\n")}
      </pre>
      {/* Read as it is written, from left to right, whatever the page's direction. */}
      <pre dir="ltr" data-testid="replay-code" className="h-max min-w-0 grow pr-4 [tab-size:4]">
        <Colored {...{ text, tokens }} from={0} to={from} />
        {edit && (
          // Plain: the colours are made for the page's own background.
          <mark ref={mark} className="rounded-[2px] bg-accent/40 text-inherit outline-1 outline-accent">
            {text.slice(from, to)}
          </mark>
        )}
        <Colored {...{ text, tokens }} from={to} to={text.length} />
      </pre>
    </div>
  );
}

const LOOKS: Record<TokenKind, string> = { comment: "quiet italic", string: "text-success", number: "text-warning", keyword: "text-primary" };

function Colored({ text, tokens, from, to }: { text: string; tokens: readonly Token[]; from: number; to: number }) {
  return piecesOf(text, tokens, from, to).map((piece, index) =>
    piece.kind ? (
      <span key={index} className={LOOKS[piece.kind]}>
        {piece.text}
      </span>
    ) : (
      piece.text
    ),
  );
}

const MARGIN_PX = 40;

/** Scrolls the box alone; `scrollIntoView` would scroll the page along. */
function keepInSight(box: HTMLElement, mark: HTMLElement): void {
  const [outer, inner] = [box.getBoundingClientRect(), mark.getBoundingClientRect()];
  if (inner.top < outer.top + MARGIN_PX || inner.bottom > outer.bottom - MARGIN_PX) {
    box.scrollTop += inner.top - outer.top - outer.height / 2;
  }
  if (inner.left < outer.left + MARGIN_PX * 2) box.scrollLeft -= outer.left + MARGIN_PX * 2 - inner.left;
  else if (inner.right > outer.right - MARGIN_PX) box.scrollLeft += inner.right - outer.right + MARGIN_PX;
}
