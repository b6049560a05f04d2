import { readFileSync } from "node:fs";

/**
 * Reverses chars in place; returns nothing.
 * @param {string[]} chars
 */
function reverseString(chars) {
  // Write your solution here.
}

// Reads the input and prints the answer. Nothing to change below.
const chars = readFileSync(0, "utf8").split("\n")[0].split("");
reverseString(chars);
console.log(chars.join(""));
