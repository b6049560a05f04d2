import { readFileSync } from "node:fs";

/** Keeps at most `capacity` entries. The one that was used longest ago makes room for a new one. */
class LRUCache {
  capacity: number;

  constructor(capacity: number) {
    // Prepare what you need here.
    this.capacity = capacity;
  }

  /** Returns the value stored under key, or -1 when there is none. Counts as a use. */
  get(key: number): number {
    // Write your solution here.
    return -1;
  }

  /** Stores value under key, in place of an older value. Counts as a use. */
  put(key: number, value: number): void {
    // Write your solution here.
  }
}

// Reads the input and prints the answers. Nothing to change below.
const [[capacity], ...commands] = readFileSync(0, "utf8").trim().split("\n").map((line) => line.split(" "));
const cache = new LRUCache(Number(capacity));
const answers: number[] = [];
for (const [name, key, value] of commands) {
  if (name === "get") answers.push(cache.get(Number(key)));
  else cache.put(Number(key), Number(value));
}
console.log(answers.join("\n"));
