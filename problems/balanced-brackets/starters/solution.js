import { readFileSync } from "node:fs";

/**
 * Tells whether every bracket in code is closed by its partner, in the right order.
 * @param {string} code
 * @returns {boolean}
 */
function isBalanced(code) {
  // Write your solution here.
  return false;
}

// Reads the input and prints the answer. Nothing to change below.
const code = readFileSync(0, "utf8").split("\n")[0];
console.log(isBalanced(code));
