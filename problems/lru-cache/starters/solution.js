import { readFileSync } from "node:fs";

/** Keeps at most `capacity` entries. The one that was used longest ago makes room for a new one. */
class LRUCache {
  /** @param {number} capacity */
  constructor(capacity) {
    // Prepare what you need here.
    this.capacity = capacity;
  }

  /**
   * Counts as a use.
   * @param {number} key
   * @returns {number} the value stored under key, or -1 when there is none
   */
  get(key) {
    // Write your solution here.
    return -1;
  }

  /**
   * Stores value under key, in place of an older value. Counts as a use.
   * @param {number} key
   * @param {number} value
   */
  put(key, value) {
    // Write your solution here.
  }
}

// Reads the input and prints the answers. Nothing to change below.
const [[capacity], ...commands] = readFileSync(0, "utf8").trim().split("\n").map((line) => line.split(" "));
const cache = new LRUCache(Number(capacity));
const answers = [];
for (const [name, key, value] of commands) {
  if (name === "get") answers.push(cache.get(Number(key)));
  else cache.put(Number(key), Number(value));
}
console.log(answers.join("\n"));
