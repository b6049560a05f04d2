export type Side = "top" | "bottom";
export type Align = "start" | "center" | "end";

const GAP = 6;
const EDGE = 8;

/** Puts `floating` (in the top layer, position fixed) beside `anchor`, on the other side when there is no room. */
export function place(floating: HTMLElement, anchor: Element, side: Side, align: Align): void {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = floating;
  const above = at.top - height - GAP;
  const below = at.bottom + GAP;
  const fits = side === "top" ? above >= EDGE : below + height <= window.innerHeight - EDGE;
  const top = (side === "top") === fits ? above : below;
  const left = { start: at.left, center: at.left + (at.width - width) / 2, end: at.right - width }[align];
  floating.style.top = `${Math.max(EDGE, top)}px`;
  floating.style.left = `${Math.min(Math.max(EDGE, left), window.innerWidth - width - EDGE)}px`;
}
