import { readFileSync } from "node:fs";

/**
 * @param {number} n
 * @param {number[]} broken
 * @returns {number} in how many ways one can climb from the ground to step n without touching a broken step
 */
function countWays(n, broken) {
  // Write your solution here.
  return 0;
}

// Reads the input and prints the answer. Nothing to change below.
const [n, k, ...broken] = readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
console.log(countWays(n, broken));
