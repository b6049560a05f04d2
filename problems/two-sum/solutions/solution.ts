import { readFileSync } from "node:fs";

/** Returns the positions of the two numbers that add up to target, the smaller position first. */
function twoSum(nums: number[], target: number): number[] {
  const positionOf = new Map<number, number>();
  for (const [position, num] of nums.entries()) {
    const partner = positionOf.get(target - num);
    if (partner !== undefined) return [partner, position];
    positionOf.set(num, position);
  }
  return [];
}

// Reads the input and prints the answer. Nothing to change below.
const [n, ...numbers] = readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
console.log(twoSum(numbers.slice(0, n), numbers[n]).join(" "));
