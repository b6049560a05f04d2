import { readFileSync } from "node:fs";

/**
 * @param {number[]} nums
 * @returns {number} the largest sum of a non-empty run of neighbouring numbers
 */
function maxSubarray(nums) {
  let best = nums[0];
  let endingHere = 0;
  for (const num of nums) {
    endingHere = Math.max(num, endingHere + num);
    best = Math.max(best, endingHere);
  }
  return best;
}

// Reads the input and prints the answer. Nothing to change below.
const [n, ...nums] = readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
console.log(maxSubarray(nums));
