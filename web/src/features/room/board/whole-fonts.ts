/**
 * In the place of Excalidraw's module that cuts fonts down to the letters in use (tooling/excalidraw.ts): WebAssembly,
 * which our content security policy does not run. A picture's SVG has the whole fonts instead, 10 to 40 KB each.
 */
import * as buffer from "lib0/buffer";

export const Commands = {};

export const toBase64 = (font: ArrayBuffer): string => `data:font/woff2;base64,${buffer.toBase64(new Uint8Array(font))}`;

export const subsetToBase64 = (font: ArrayBuffer): Promise<string> => Promise.resolve(toBase64(font));
