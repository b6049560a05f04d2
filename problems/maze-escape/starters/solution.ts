import { readFileSync } from "node:fs";

/** Returns the fewest moves from S to E, or -1 when there is no way. The strings are the rows of the maze. */
function shortestPath(grid: string[]): number {
  // Write your solution here.
  return 0;
}

// Reads the input and prints the answer. Nothing to change below.
const [rows, columns, ...grid] = readFileSync(0, "utf8").trim().split(/\s+/);
console.log(shortestPath(grid));
