import { readFileSync } from "node:fs";

/** Returns in how many ways one can climb from the ground to step n without touching a broken step. */
function countWays(n: number, broken: number[]): number {
  // Write your solution here.
  return 0;
}

// Reads the input and prints the answer. Nothing to change below.
const [n, k, ...broken] = readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
console.log(countWays(n, broken));
