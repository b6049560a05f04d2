import { readFileSync } from "node:fs";

/** Returns, for each prefix, how many of the words begin with it. */
function countCompletions(words: string[], prefixes: string[]): number[] {
  // Write your solution here.
  return [];
}

// Reads the input and prints the answers. Nothing to change below.
const [n, ...lines] = readFileSync(0, "utf8").trim().split(/\s+/);
const words = lines.slice(0, Number(n));
const prefixes = lines.slice(Number(n) + 1);
console.log(countCompletions(words, prefixes).join("\n"));
