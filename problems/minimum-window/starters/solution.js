import { readFileSync } from "node:fs";

/**
 * @param {string} text
 * @param {string} letters
 * @returns {string} the shortest piece of text that holds all the letters, the leftmost such piece, or ""
 */
function minWindow(text, letters) {
  // Write your solution here.
  return "";
}

// Reads the input and prints the answer. Nothing to change below.
const [text, letters] = readFileSync(0, "utf8").split("\n");
console.log(minWindow(text, letters) || "-");
