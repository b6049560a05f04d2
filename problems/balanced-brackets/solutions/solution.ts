import { readFileSync } from "node:fs";

/** Tells whether every bracket in code is closed by its partner, in the right order. */
function isBalanced(code: string): boolean {
  const openerOf = new Map([[")", "("], ["]", "["], ["}", "{"]]);
  const openNow: string[] = [];
  for (const char of code) {
    if ("([{".includes(char)) openNow.push(char);
    else if (openerOf.has(char) && openNow.pop() !== openerOf.get(char)) return false;
  }
  return openNow.length === 0;
}

// Reads the input and prints the answer. Nothing to change below.
const code = readFileSync(0, "utf8").split("\n")[0];
console.log(isBalanced(code));
