class LruCache {
  readonly capacity: number;
  readonly values = new Map<number, number>(); // in the order of use, the one used longest ago first

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get(key: number): number {
    const value = this.values.get(key);
    if (value === undefined) return -1;
    this.put(key, value);
    return value;
  }

  put(key: number, value: number): void {
    this.values.delete(key);
    this.values.set(key, value);
    if (this.values.size > this.capacity) {
      const [oldest] = this.values.keys();
      this.values.delete(oldest);
    }
  }
}

function runCache(capacity: number, commands: number[][]): number[] {
  const cache = new LruCache(capacity);
  const answers: number[] = [];
  for (const [key, value] of commands) {
    if (value === undefined) answers.push(cache.get(key));
    else cache.put(key, value);
  }
  return answers;
}
