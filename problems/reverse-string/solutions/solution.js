import { readFileSync } from "node:fs";

/**
 * Reverses chars in place; returns nothing.
 * @param {string[]} chars
 */
function reverseString(chars) {
  for (let left = 0, right = chars.length - 1; left < right; left++, right--) {
    [chars[left], chars[right]] = [chars[right], chars[left]];
  }
}

// Reads the input and prints the answer. Nothing to change below.
const chars = readFileSync(0, "utf8").split("\n")[0].split("");
reverseString(chars);
console.log(chars.join(""));
