import { readFileSync } from "node:fs";

/**
 * @param {number[]} readings sorted from small to large
 * @param {number} low
 * @param {number} high
 * @returns {number} how many readings lie between low and high, both included
 */
function countInRange(readings, low, high) {
  return countBelow(readings, high + 1) - countBelow(readings, low);
}

/** How many of the sorted readings are smaller than bound. */
function countBelow(readings, bound) {
  let from = 0;
  let to = readings.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (readings[middle] < bound) from = middle + 1;
    else to = middle;
  }
  return from;
}

// Reads the input and prints the answers. Nothing to change below.
const [n, ...numbers] = readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
const readings = numbers.slice(0, n);
const answers = [];
for (let i = n + 1; i + 1 < numbers.length; i += 2) {
  answers.push(countInRange(readings, numbers[i], numbers[i + 1]));
}
console.log(answers.join("\n"));
