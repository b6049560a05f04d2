/**
 * The types of a function's parameters, and whether a text is a value of one. The server judges (`signatures/model.py`);
 * this says the same at the field, while it is being filled in.
 */
import { t } from "@lingui/core/macro";

const INT_MIN = -(2 ** 31);
const INT_MAX = 2 ** 31 - 1;
const LONG_MAX = Number.MAX_SAFE_INTEGER;
const NON_FINITE = ["NaN", "Infinity", "-Infinity"];
const SHOWN = 40; // characters of a wrong value that a message shows

export interface Type {
  kind: string;
  /** Of what a list, an optional, a linked list or a tree is. */
  of: Type | null;
  text: string;
}

/** `text` is the server's: it is well formed. */
export function parseType(text: string): Type {
  const [, kind = text, of] = /^(\w+)<(.+)>$/.exec(text) ?? [];
  return { kind, of: of === undefined ? null : parseType(of), text };
}

const ELEMENT = parseType("int");
const ADJACENCY = parseType("list<list<int>>");
const elementOf = (type: Type): Type => type.of ?? ELEMENT;

const EXAMPLES: Partial<Record<string, readonly [string, string]>> = {
  int: ["1", "2"],
  long: ["1", "2"],
  float: ["0.5", "2.0"],
  bool: ["true", "false"],
  string: ['"a"', '"b"'],
  graph: ["[[1], [0]]", "[[]]"],
};

function examples(type: Type): readonly [string, string] {
  const known = EXAMPLES[type.kind];
  if (known) return known;
  const [one, two] = examples(elementOf(type));
  if (type.kind === "optional") return [one, "null"];
  return [type.kind === "tree" ? `[${one}, null, ${two}]` : `[${one}, ${two}]`, `[${two}]`];
}

export const exampleOf = (type: Type): string => examples(type)[0];

/** A number that was written with a point or an exponent: 2.0 is a float and no int. */
class Fraction {
  constructor(private readonly value: number) {}
  valueOf = () => this.value;
  toJSON = () => this.value;
}

const read = (text: string): unknown =>
  JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
    typeof value === "number" && /[.eE]/.test(context?.source ?? "") ? new Fraction(value) : value,
  );

/** What is wrong with `text` as a value of `type`, as a sentence; null when it is one. */
export function faultOf(type: Type, text: string): string | null {
  if (!text.trim()) return t`A value is missing: ${type.text}, for example ${exampleOf(type)}.`;
  let value: unknown;
  try {
    value = read(text);
  } catch {
    return notJson(type, text.trim());
  }
  return valueFault(type, value, "");
}

function notJson(type: Type, text: string): string {
  if (type.kind === "string" && !/["'\n]/.test(text) && text.length < SHOWN) return t`A text stands in double quotes: ${JSON.stringify(text)}`;
  if (/'|\b(True|False|None|undefined)\b/.test(text)) return t`Values are written as JSON: "double quotes", true, false and null.`;
  return t`This is not JSON. A value of ${type.text} looks like ${exampleOf(type)}`;
}

function valueFault(type: Type, value: unknown, where: string): string | null {
  switch (type.kind) {
    case "optional":
      return value === null ? null : valueFault(elementOf(type), value, where);
    case "graph":
      return valueFault(ADJACENCY, value, where) ?? neighbourFault(value as number[][], where);
    case "list":
    case "linked_list":
    case "tree":
      return Array.isArray(value) ? arrayFault(type, value, where) : at(where, t`${shown(value)} is not of the type ${type.text}`);
    default:
      return isScalar(type.kind, value) ? null : at(where, scalarFault(type, value));
  }
}

function arrayFault(type: Type, values: readonly unknown[], where: string): string | null {
  const tree = type.kind === "tree";
  const fault = tree ? levelOrderFault(values) : null;
  if (fault) return at(where, fault);
  for (const [index, value] of values.entries()) {
    const inside = tree && value === null ? null : valueFault(elementOf(type), value, `${where}[${index}]`);
    if (inside) return inside;
  }
  return null;
}

function levelOrderFault(values: readonly unknown[]): string | null {
  if (values.at(-1) === null) return t`a tree's level order does not end with null`;
  let places = 1;
  for (const [index, value] of values.entries()) {
    if (places === 0) return t`the value at ${index} of the level order has no parent`;
    places += value === null ? -1 : 1;
  }
  return null;
}

function neighbourFault(nodes: readonly number[][], where: string): string | null {
  for (const [index, neighbours] of nodes.entries()) {
    for (const [place, node] of neighbours.entries()) {
      if (node < 0 || node >= nodes.length) return at(`${where}[${index}][${place}]`, t`there is no node ${node}`);
    }
  }
  return null;
}

function isScalar(kind: string, value: unknown): boolean {
  if (kind === "bool") return typeof value === "boolean";
  if (kind === "string") return typeof value === "string" && !/\p{Surrogate}/u.test(value);
  if (kind === "float") return isFloat(value);
  if (typeof value !== "number" || !Number.isInteger(value)) return false;
  const [low, high] = kind === "int" ? [INT_MIN, INT_MAX] : [-LONG_MAX, LONG_MAX];
  return low <= value && value <= high;
}

const isFloat = (value: unknown): boolean =>
  typeof value === "string" ? NON_FINITE.includes(value) : (typeof value === "number" || value instanceof Fraction) && Number.isFinite(Number(value));

function scalarFault(type: Type, value: unknown): string {
  if (type.kind === "string" && typeof value === "string") return t`half of a surrogate pair is no text`;
  if (Number.isInteger(value) && (type.kind === "int" || type.kind === "long")) return t`${shown(value)} is not in the range of ${type.text}`;
  return t`${shown(value)} is not of the type ${type.text}`;
}

const at = (where: string, what: string): string => (where ? `${where}: ${what}` : what);

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
