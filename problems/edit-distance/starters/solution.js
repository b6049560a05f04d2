import { readFileSync } from "node:fs";

/**
 * @param {string} source
 * @param {string} target
 * @returns {number} the fewest single-letter changes that turn source into target
 */
function editDistance(source, target) {
  // Write your solution here.
  return 0;
}

// Reads the input and prints the answer. Nothing to change below.
const [source, target] = readFileSync(0, "utf8").split("\n");
console.log(editDistance(source, target));
