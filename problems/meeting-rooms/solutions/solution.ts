import { readFileSync } from "node:fs";

type Meeting = [start: number, end: number];

/** Returns the smallest number of rooms that lets every meeting take place. */
function minRooms(meetings: Meeting[]): number {
  const starts = meetings.map(([start]) => start).sort((a, b) => a - b);
  const ends = meetings.map(([, end]) => end).sort((a, b) => a - b);
  let rooms = 0;
  let freed = 0;
  for (const start of starts) {
    if (ends[freed] <= start) freed++;
    else rooms++;
  }
  return rooms;
}

// Reads the input and prints the answer. Nothing to change below.
const [n, ...times] = readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
const meetings = Array.from({ length: n }, (_, i): Meeting => [times[2 * i], times[2 * i + 1]]);
console.log(minRooms(meetings));
