import { readFileSync } from "node:fs";

/** Returns the shortest piece of text that holds all the letters, the leftmost such piece, or "". */
function minWindow(text: string, letters: string): string {
  // Write your solution here.
  return "";
}

// Reads the input and prints the answer. Nothing to change below.
const [text, letters] = readFileSync(0, "utf8").split("\n");
console.log(minWindow(text, letters) || "-");
