import { readFileSync } from "node:fs";

/**
 * @param {number[]} heights
 * @returns {number} the most water that two of the walls can hold between them
 */
function maxWater(heights) {
  // Write your solution here.
  return 0;
}

// Reads the input and prints the answer. Nothing to change below.
const [n, ...heights] = readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
console.log(maxWater(heights));
