import { useLingui } from "@lingui/react/macro";
import { memo } from "react";

import { CopyButton } from "@/ui/copy-button";

import { type Inline, parse } from "./markup";

/** A message as React elements; see markup.ts for what is understood. */
export const MessageText = memo(function MessageText({ text }: { text: string }) {
  return (
    <>
      {parse(text).map((block, index) =>
        block.kind === "code" ? (
          <CodeBlock key={index} language={block.language} text={block.text} />
        ) : (
          <p key={index} dir="auto" className="overflow-clip wrap-anywhere whitespace-pre-wrap">
            {block.parts.map((part, at) => (
              <Part key={at} part={part} />
            ))}
          </p>
        ),
      )}
    </>
  );
});

function Part({ part }: { part: Inline }) {
  if (part.kind === "text") return part.text;
  if (part.kind === "code") {
    return (
      <code dir="ltr" className="rounded-sm bg-base-content/9 px-1 py-px font-mono text-[0.85em]">
        {part.text}
      </code>
    );
  }
  return (
    <a href={part.href} target="_blank" rel="noopener noreferrer nofollow" dir="ltr" className="text-primary underline underline-offset-2">
      {part.text}
    </a>
  );
}

function CodeBlock({ language, text }: { language: string; text: string }) {
  const { t } = useLingui();
  return (
    <div data-testid="chat-code" className="my-1 overflow-hidden rounded-field border border-base-300 bg-base-100">
      <div className="flex items-center justify-between border-b border-base-300 pl-2.5 text-xs">
        <span className="quiet truncate font-mono">{language}</span>
        <CopyButton text={text} label={t`Copy code`} />
      </div>
      {/* Long lines scroll; the keyboard must reach them too. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre dir="ltr" tabIndex={0} className="max-h-80 overflow-auto p-2.5 font-mono text-xs leading-relaxed">
        <code>{text}</code>
      </pre>
    </div>
  );
}
