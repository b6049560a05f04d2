import { readFileSync } from "node:fs";

/**
 * @param {[number, number][]} meetings start and end of each
 * @returns {number} the smallest number of rooms that lets every meeting take place
 */
function minRooms(meetings) {
  // Write your solution here.
  return 0;
}

// Reads the input and prints the answer. Nothing to change below.
const [n, ...times] = readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
const meetings = Array.from({ length: n }, (_, i) => [times[2 * i], times[2 * i + 1]]);
console.log(minRooms(meetings));
