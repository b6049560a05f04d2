import { readFileSync } from "node:fs";

/** Returns how many of the sorted readings lie between low and high, both included. */
function countInRange(readings: number[], low: number, high: number): number {
  // Write your solution here.
  return 0;
}

// Reads the input and prints the answers. Nothing to change below.
const [n, ...numbers] = readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
const readings = numbers.slice(0, n);
const answers: number[] = [];
for (let i = n + 1; i + 1 < numbers.length; i += 2) {
  answers.push(countInRange(readings, numbers[i], numbers[i + 1]));
}
console.log(answers.join("\n"));
