import { readFileSync } from "node:fs";

/**
 * @param {number[]} readings sorted from small to large
 * @param {number} low
 * @param {number} high
 * @returns {number} how many readings lie between low and high, both included
 */
function countInRange(readings, low, high) {
  // Write your solution here.
  return 0;
}

// Reads the input and prints the answers. Nothing to change below.
const [n, ...numbers] = readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
const readings = numbers.slice(0, n);
const answers = [];
for (let i = n + 1; i + 1 < numbers.length; i += 2) {
  answers.push(countInRange(readings, numbers[i], numbers[i + 1]));
}
console.log(answers.join("\n"));
