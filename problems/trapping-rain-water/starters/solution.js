import { readFileSync } from "node:fs";

/**
 * @param {number[]} heights
 * @returns {number} how many units of water stay between the blocks after the rain
 */
function trappedWater(heights) {
  // Write your solution here.
  return 0;
}

// Reads the input and prints the answer. Nothing to change below.
const [n, ...heights] = readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
console.log(trappedWater(heights));
