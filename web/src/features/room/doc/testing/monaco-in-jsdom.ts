/** The few browser parts that Monaco asks for and jsdom lacks. Import before `monaco-editor/editor`. */

const nothing = () => undefined;

const mediaQuery = (media: string) =>
  ({ matches: false, media, addEventListener: nothing, removeEventListener: nothing }) as unknown as MediaQueryList;

class NoResizes implements ResizeObserver {
  observe = nothing;
  unobserve = nothing;
  disconnect = nothing;
}

/** The methods Monaco draws its rulers with; draws nothing. */
const blankCanvas = {
  measureText: () => ({ width: 8 }),
  ...Object.fromEntries(
    ["fillRect", "clearRect", "beginPath", "moveTo", "lineTo", "stroke", "fill", "scale", "save", "restore"].map(
      (method) => [method, nothing],
    ),
  ),
};

Object.assign(window, { matchMedia: mediaQuery, ResizeObserver: NoResizes });
Object.assign(document, { queryCommandSupported: () => false });
HTMLCanvasElement.prototype.getContext = (() => blankCanvas) as unknown as typeof HTMLCanvasElement.prototype.getContext;
