/** Keeps at most `capacity` entries. The one that was used longest ago makes room for a new one. */
class LRUCache {
  capacity: number;
  values = new Map<number, number>(); // in the order of use, the one used longest ago first

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  /** Returns the value stored under key, or -1 when there is none. Counts as a use. */
  get(key: number): number {
    const value = this.values.get(key);
    if (value === undefined) return -1;
    this.values.delete(key);
    this.values.set(key, value);
    return value;
  }

  /** Stores value under key, in place of an older value. Counts as a use. */
  put(key: number, value: number): void {
    this.values.delete(key);
    this.values.set(key, value);
    if (this.values.size > this.capacity) {
      for (const oldest of this.values.keys()) {
        this.values.delete(oldest);
        break;
      }
    }
  }
}
