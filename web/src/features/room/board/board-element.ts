/**
 * One element of the board. Whatever stands in the document may be anybody's program's: it becomes a sound element,
 * copied field by field, or none. Links, embedded pages and pictures are none.
 */

/** What the binding looks at; the rest is Excalidraw's, and as `soundElement` has made it. */
export interface BoardElement {
  readonly id: string;
  readonly type: string;
  /** Counts the changes of this element. */
  readonly version: number;
  /** By chance: of two changes that counted the same the smaller one holds. */
  readonly versionNonce: number;
  /** Where it stands between the others, as a fractional index. */
  readonly index: string | null;
  readonly isDeleted: boolean;
  readonly [field: string]: unknown;
}

/** A screen is a few thousand wide; zoomed out as far as Excalidraw goes, ten times that. */
const FARTHEST = 1_000_000;
/** Larger ones are hatched with so many lines that the page stands still. */
const LARGEST = 50_000;
/** A minute and a half of drawing without lifting the pen. */
const MOST_POINTS = 10_000;
const LONGEST_TEXT = 20_000;
/** Groups in groups, arrows at one shape, and the like. */
const MOST_LINKED = 500;
/** Excalidraw counts with 31 bits. */
const HIGHEST = 2 ** 31;
/** Of a pixel: finer than a pen, and a number that takes five bytes instead of nine. */
const GRAIN = 64;

type Record_ = Readonly<Record<string, unknown>>;
/** `undefined`: not sound. */
type Reader = (value: unknown) => unknown;

const isRecord = (value: unknown): value is Record_ => typeof value === "object" && value !== null && !Array.isArray(value);

const number =
  (lowest: number, highest: number): Reader =>
  (value) =>
    typeof value === "number" && value >= lowest && value <= highest ? value : undefined;
const whole =
  (lowest: number, highest: number): Reader =>
  (value) =>
    Number.isInteger(value) ? number(lowest, highest)(value) : undefined;
const oneOf =
  (...values: readonly unknown[]): Reader =>
  (value) =>
    values.includes(value) ? value : undefined;
const text: Reader = (value) => (typeof value === "string" && value.length <= LONGEST_TEXT ? value : undefined);
const matching =
  (pattern: RegExp): Reader =>
  (value) =>
    typeof value === "string" && pattern.test(value) ? value : undefined;
const flag = oneOf(true, false);
const id = matching(/^[\w-]{1,64}$/);
/** No `url(…)`: a picture made of the board asks nobody for anything. */
const colour = matching(/^(?:#[0-9a-f]{3,8}|[a-z]{3,24})$/i);
const place = number(-FARTHEST, FARTHEST);
const size = number(-LARGEST, LARGEST);

const orNull =
  (read: Reader): Reader =>
  (value) =>
    value === null ? null : read(value);
/** Of what is not sound in it the rest remains. */
const list =
  (read: Reader, most: number): Reader =>
  (value) =>
    Array.isArray(value) ? value.slice(0, most).flatMap((one) => read(one) ?? []) : undefined;
const record =
  (fields: Readonly<Record<string, Reader>>, optional: readonly string[] = []): Reader =>
  (value) => {
    if (!isRecord(value)) return undefined;
    const found = Object.entries(fields).map(([name, read]) => [name, read(value[name])] as const);
    if (found.some(([name, one]) => one === undefined && !optional.includes(name))) return undefined;
    return Object.fromEntries(found.filter(([, one]) => one !== undefined));
  };

const pair: Reader = (value) => {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [x, y] = [place(value[0]), place(value[1])];
  return x === undefined || y === undefined ? undefined : [x, y];
};
/** All or none: a line without one of its corners is another line. */
const points =
  (fewest: number, grain: number | null): Reader =>
  (value) => {
    if (!Array.isArray(value) || value.length < fewest || value.length > MOST_POINTS) return undefined;
    const found = value.flatMap((one) => {
      const point = pair(one) as [number, number] | undefined;
      if (!point) return [];
      return [grain === null ? point : point.map((part) => Math.round(part * grain) / grain)];
    });
    return found.length === value.length ? found : undefined;
  };
const segment = record({ start: pair, end: pair, index: whole(0, MOST_POINTS) });
const binding = record({ elementId: id, focus: number(-1000, 1000), gap: size, fixedPoint: orNull(pair) }, ["fixedPoint"]);
const arrowhead = oneOf(
  ...["arrow", "bar", "dot", "circle", "circle_outline", "triangle", "triangle_outline", "diamond", "diamond_outline"],
  ...["crowfoot_one", "crowfoot_many", "crowfoot_one_or_many"],
);

/** A number of digits that the letter in front tells, then others, of which the last is no zero. */
const isIndex = (value: string): boolean => {
  const head = value.charCodeAt(0);
  const length = head >= 97 ? head - 97 + 2 : 90 - head + 2;
  return value.length >= length && !(value.length > length && value.endsWith("0")) && !/^A0{26}$/.test(value);
};
/** Excalidraw throws at one that is not well-formed; at none it makes another. */
const index: Reader = (value) => (typeof value === "string" && /^[a-zA-Z][0-9a-zA-Z]{1,99}$/.test(value) && isIndex(value) ? value : undefined);

interface Field {
  read: Reader;
  /** What stands for one that is not sound; without it the element is none. */
  otherwise?: unknown;
}

const COMMON: Readonly<Record<string, Field>> = {
  id: { read: id },
  version: { read: whole(1, HIGHEST) },
  versionNonce: { read: whole(0, HIGHEST) },
  index: { read: index, otherwise: null },
  isDeleted: { read: flag, otherwise: false },
  x: { read: place },
  y: { read: place },
  width: { read: size },
  height: { read: size },
  angle: { read: number(-100, 100), otherwise: 0 },
  strokeColor: { read: colour, otherwise: "#1e1e1e" },
  backgroundColor: { read: colour, otherwise: "transparent" },
  fillStyle: { read: oneOf("hachure", "cross-hatch", "solid", "zigzag"), otherwise: "solid" },
  strokeWidth: { read: number(0.5, 50), otherwise: 2 },
  strokeStyle: { read: oneOf("solid", "dashed", "dotted"), otherwise: "solid" },
  roughness: { read: number(0, 5), otherwise: 1 },
  opacity: { read: number(0, 100), otherwise: 100 },
  seed: { read: whole(0, HIGHEST), otherwise: 1 },
  groupIds: { read: list(id, MOST_LINKED), otherwise: [] },
  frameId: { read: id, otherwise: null },
  roundness: { read: record({ type: oneOf(1, 2, 3), value: number(0, LARGEST) }, ["value"]), otherwise: null },
  boundElements: { read: list(record({ id, type: oneOf("arrow", "text") }), MOST_LINKED), otherwise: null },
  updated: { read: number(0, Number.MAX_SAFE_INTEGER), otherwise: 1 },
  locked: { read: flag, otherwise: false },
};

const LINE: Readonly<Record<string, Field>> = {
  points: { read: points(2, null) },
  startBinding: { read: binding, otherwise: null },
  endBinding: { read: binding, otherwise: null },
  startArrowhead: { read: arrowhead, otherwise: null },
  endArrowhead: { read: arrowhead, otherwise: null },
};

const SHAPES: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  rectangle: {},
  diamond: {},
  ellipse: {},
  line: LINE,
  arrow: {
    ...LINE,
    elbowed: { read: flag, otherwise: false },
    fixedSegments: { read: list(segment, MOST_POINTS), otherwise: null },
    startIsSpecial: { read: flag, otherwise: null },
    endIsSpecial: { read: flag, otherwise: null },
  },
  freedraw: {
    points: { read: points(1, GRAIN) },
    pressures: { read: list(number(0, 1), MOST_POINTS), otherwise: [] },
    simulatePressure: { read: flag, otherwise: true },
  },
  text: {
    text: { read: text },
    originalText: { read: text },
    fontSize: { read: number(1, 1000), otherwise: 20 },
    fontFamily: { read: oneOf(1, 2, 3, 5, 6, 7, 8, 9), otherwise: 5 },
    textAlign: { read: oneOf("left", "center", "right"), otherwise: "left" },
    verticalAlign: { read: oneOf("top", "middle", "bottom"), otherwise: "top" },
    containerId: { read: id, otherwise: null },
    autoResize: { read: flag, otherwise: true },
    lineHeight: { read: number(0.5, 5), otherwise: 1.25 },
  },
  frame: { name: { read: text, otherwise: null } },
};

/** Something that we draw at all. */
export const isDrawable = (type: unknown): boolean => typeof type === "string" && Object.hasOwn(SHAPES, type);

/** A copy that shares nothing with `value`. */
export function soundElement(value: unknown): BoardElement | null {
  if (!isRecord(value) || !isDrawable(value.type)) return null;
  const { type } = value as { type: string };
  // `lastCommittedPoint` is of a line that is being drawn, by whoever draws it.
  const element: Record<string, unknown> = { type, link: null, ...("points" in (SHAPES[type] ?? {}) && { lastCommittedPoint: null }) };
  for (const [name, field] of Object.entries({ ...COMMON, ...SHAPES[type] })) {
    const found = field.read(value[name]);
    if (found === undefined && !("otherwise" in field)) return null;
    element[name] = found ?? structuredClone(field.otherwise ?? null);
  }
  return element as unknown as BoardElement;
}

/** Of an element that is gone: that it is, and since when. */
export interface Tombstone {
  readonly id: string;
  readonly version: number;
  readonly versionNonce: number;
  readonly isDeleted: true;
}

const readTombstone = record({ id, version: whole(1, HIGHEST), versionNonce: whole(0, HIGHEST), isDeleted: oneOf(true) });

export const tombstone = (value: unknown): Tombstone | null => (readTombstone(value) as Tombstone | undefined) ?? null;

type Stamp = Pick<BoardElement, "version" | "versionNonce">;

export const same = (one: Stamp | undefined, other: Stamp): boolean =>
  one?.version === other.version && one.versionNonce === other.versionNonce;

/** Whether `one` holds against `other`: the same for everybody who has both. */
export const beats = (one: Stamp, other: Stamp): boolean =>
  one.version > other.version || (one.version === other.version && one.versionNonce < other.versionNonce);

/** Those without an index last, where Excalidraw gives them one. */
export function inOrder(elements: Iterable<BoardElement>): BoardElement[] {
  return [...elements].sort((a, b) => {
    if (a.index === b.index) return a.id < b.id ? -1 : 1;
    if (a.index === null || b.index === null) return a.index === null ? 1 : -1;
    return a.index < b.index ? -1 : 1;
  });
}
