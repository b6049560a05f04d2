/**
 * How much picture everybody sends, by the number of people in the call.
 *
 * In a mesh each browser encodes once for every other one. Measured on two cores: 640×480 at 30 costs 62 % of a core for
 * two people and saturates both for four; 320×240 at 15 lets four people breathe (facts: media).
 */

import type { Limits } from "./lines";

export interface Rung {
  width: number;
  height: number;
  frameRate: number;
  limits: Limits;
}

const TWO: Rung = {
  width: 640,
  height: 480,
  frameRate: 30,
  limits: { cameraBitrate: 900_000, cameraFramerate: 30, screenBitrate: 2_500_000 },
};

const THREE: Rung = {
  width: 480,
  height: 360,
  frameRate: 20,
  limits: { cameraBitrate: 450_000, cameraFramerate: 20, screenBitrate: 1_800_000 },
};

const FOUR: Rung = {
  width: 320,
  height: 240,
  frameRate: 15,
  limits: { cameraBitrate: 200_000, cameraFramerate: 15, screenBitrate: 1_200_000 },
};

/** `people`: everyone in the call, oneself included. */
export function rungFor(people: number): Rung {
  if (people <= 2) return TWO;
  return people === 3 ? THREE : FOUR;
}
