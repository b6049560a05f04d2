import { readFileSync } from "node:fs";

/** Returns the most water that two of the walls can hold between them. */
function maxWater(heights: number[]): number {
  // Write your solution here.
  return 0;
}

// Reads the input and prints the answer. Nothing to change below.
const [n, ...heights] = readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
console.log(maxWater(heights));
