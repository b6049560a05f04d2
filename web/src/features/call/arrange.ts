/** How to lay pictures of one shape into a space so that they become as large as possible. */

export interface Arrangement {
  columns: number;
  /** Pixels. */
  width: number;
  height: number;
}

export const GAP = 8;
/** Larger than this a camera of 640×480 only becomes blurred. */
const WIDEST = 720;

export function arrange(pictures: number, width: number, height: number, aspect = 4 / 3): Arrangement {
  let best: Arrangement = { columns: 1, width: 0, height: 0 };
  for (let columns = 1; columns <= Math.max(1, pictures); columns += 1) {
    const rows = Math.ceil(Math.max(1, pictures) / columns);
    const byWidth = (width - GAP * (columns - 1)) / columns;
    const byHeight = ((height - GAP * (rows - 1)) / rows) * aspect;
    const fitting = Math.floor(Math.max(0, Math.min(byWidth, byHeight, WIDEST)));
    if (fitting > best.width) best = { columns, width: fitting, height: Math.floor(fitting / aspect) };
  }
  return best;
}
