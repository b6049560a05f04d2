/** Keeps at most `capacity` entries. The one that was used longest ago makes room for a new one. */
class LRUCache {
  /** @param {number} capacity */
  constructor(capacity) {
    this.capacity = capacity;
    this.values = new Map(); // in the order of use, the one used longest ago first
  }

  /**
   * Counts as a use.
   * @param {number} key
   * @returns {number} the value stored under key, or -1 when there is none
   */
  get(key) {
    const value = this.values.get(key);
    if (value === undefined) return -1;
    this.values.delete(key);
    this.values.set(key, value);
    return value;
  }

  /**
   * Stores value under key, in place of an older value. Counts as a use.
   * @param {number} key
   * @param {number} value
   */
  put(key, value) {
    this.values.delete(key);
    this.values.set(key, value);
    if (this.values.size > this.capacity) this.values.delete(this.values.keys().next().value);
  }
}
