import { readFileSync } from "node:fs";

/** Tells whether the letters and digits of text read the same in both directions, upper case or lower case. */
function isPalindrome(text: string): boolean {
  // Write your solution here.
  return false;
}

// Reads the input and prints the answer. Nothing to change below.
const text = readFileSync(0, "utf8").split("\n")[0];
console.log(isPalindrome(text));
