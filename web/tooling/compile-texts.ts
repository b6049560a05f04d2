import { compileMessageOrThrow } from "@lingui/message-utils/compileMessage";
import { parseAst } from "rolldown/parseAst";
import type { Plugin } from "vite";

/** Stands before each object that the macros of lingui leave of a text: `{ id: "…", message: "…", values: … }`. */
const MARK = "/*i18n*/";

interface Edit {
  start: number;
  end: number;
  text: string;
}

/** `code` with every text parsed: plurals and placeholders become what `i18n._` reads without a parser. */
export function compileTexts(code: string): string {
  const edits: Edit[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (!isNode(node)) return;
    if (node.type === "ObjectExpression" && code.slice(0, node.start).trimEnd().endsWith(MARK)) edits.push(...edit(node));
    Object.values(node).forEach(visit);
  };
  visit(parseAst(code, { lang: "tsx" }));
  let result = code;
  for (const { start, end, text } of edits.sort((a, b) => b.start - a.start)) {
    result = result.slice(0, start) + text + result.slice(end);
  }
  return result;
}

interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && "type" in value;

function edit(object: Node): Edit[] {
  const properties = (object.properties as Node[]).filter((property) => (property.key as Node | undefined)?.name === "message");
  return properties.map((property) => {
    const { value, start, end } = property.value as Node;
    // A lingui that writes something else must not silently ship texts whose plurals do not work.
    if (typeof value !== "string") throw new Error("tooling/compile-texts.ts does not know how lingui wrote a text");
    return { start, end, text: JSON.stringify(compileMessageOrThrow(value)) };
  });
}

/**
 * Compiles the English texts where they stand, at build time. Lingui would do it in a catalogue that every page loads
 * whole, or in the browser with a parser; development and tests do the latter.
 */
export function compiledTexts(): Plugin {
  return {
    name: "compiled-texts",
    apply: "build",
    enforce: "pre", // after lingui's own plugin, and while the comments and the JSX are still there
    transform: {
      filter: { code: MARK },
      handler: (code) => ({ code: compileTexts(code), map: null }),
    },
  };
}
