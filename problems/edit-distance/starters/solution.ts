import { readFileSync } from "node:fs";

/** Returns the fewest single-letter changes that turn source into target. */
function editDistance(source: string, target: string): number {
  // Write your solution here.
  return 0;
}

// Reads the input and prints the answer. Nothing to change below.
const [source, target] = readFileSync(0, "utf8").split("\n");
console.log(editDistance(source, target));
