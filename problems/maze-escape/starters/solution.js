import { readFileSync } from "node:fs";

/**
 * @param {string[]} grid the rows of the maze
 * @returns {number} the fewest moves from S to E, or -1 when there is no way
 */
function shortestPath(grid) {
  // Write your solution here.
  return 0;
}

// Reads the input and prints the answer. Nothing to change below.
const [rows, columns, ...grid] = readFileSync(0, "utf8").trim().split(/\s+/);
console.log(shortestPath(grid));
