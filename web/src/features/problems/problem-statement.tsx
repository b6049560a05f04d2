import { Trans, useLingui } from "@lingui/react/macro";

import { Badge } from "@/ui/badge";
import { CopyButton } from "@/ui/copy-button";
import { Markdown, prepareMarkdown } from "@/ui/markdown";

import type { Problem } from "./api";
import { argumentsText } from "./arguments-text";
import { DifficultyBadge } from "./difficulty-badge";
import { tagName } from "./filter";
import { SignatureLine } from "./signature-line";

// With the page's own code, not only when the problem has come.
prepareMarkdown();

interface Props {
  problem: Problem;
  /** The page's own title is elsewhere (in a room). */
  level?: "h1" | "h2";
}

/** All a candidate sees of a problem: title, statement, examples, constraints. */
export function ProblemStatement({ problem, level: Title = "h1" }: Props) {
  const Heading = Title === "h1" ? "h2" : "h3";
  return (
    <article className="flex flex-col gap-6">
      <header>
        <Title className="text-xl font-semibold tracking-tight text-balance">{problem.title}</Title>
        <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2">
          <DifficultyBadge difficulty={problem.difficulty} />
          {problem.tags.map((tag) => (
            <Badge key={tag}>{tagName(tag)}</Badge>
          ))}
        </div>
      </header>
      <Markdown text={problem.statement} />
      {problem.signature && (
        <section>
          <Heading className="mb-2 text-sm font-semibold">
            <Trans>The function</Trans>
          </Heading>
          <p className="rounded-field bg-base-200 px-3 py-2">
            <SignatureLine signature={problem.signature} />
          </p>
        </section>
      )}
      {problem.examples.map((example, index) => (
        <Example key={index} problem={problem} example={example} number={index + 1} heading={Heading} />
      ))}
      {problem.constraints.length > 0 && (
        <section>
          <Heading className="mb-2 text-sm font-semibold">
            <Trans>Constraints</Trans>
          </Heading>
          <ul className="flex flex-col gap-1.5">
            {problem.constraints.map((constraint) => (
              <li key={constraint} className="constraint">
                <Markdown text={constraint} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </article>
  );
}

interface ExampleProps {
  problem: Problem;
  example: Problem["examples"][number];
  number: number;
  heading: "h2" | "h3";
}

function Example({ problem, example, number, heading: Heading }: ExampleProps) {
  const { t } = useLingui();
  return (
    <section>
      <Heading className="mb-2 text-sm font-semibold">
        <Trans>Example {number}</Trans>
      </Heading>
      <dl className="example">
        <dt>
          <Trans>Input</Trans>
          <CopyButton text={example.input} label={t`Copy the input of example ${number}`} />
        </dt>
        <dd>
          <pre>{argumentsText(problem, example.input)}</pre>
        </dd>
        <dt>
          <Trans>Output</Trans>
        </dt>
        <dd>
          <pre>{example.output}</pre>
        </dd>
      </dl>
      {example.explanation && <Markdown className="quiet mt-2 text-sm" text={example.explanation} />}
    </section>
  );
}
