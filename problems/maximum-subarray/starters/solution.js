import { readFileSync } from "node:fs";

/**
 * @param {number[]} nums
 * @returns {number} the largest sum of a non-empty run of neighbouring numbers
 */
function maxSubarray(nums) {
  // Write your solution here.
  return 0;
}

// Reads the input and prints the answer. Nothing to change below.
const [n, ...nums] = readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
console.log(maxSubarray(nums));
