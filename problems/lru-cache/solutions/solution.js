class LruCache {
  constructor(capacity) {
    this.capacity = capacity;
    this.values = new Map(); // in the order of use, the one used longest ago first
  }

  get(key) {
    const value = this.values.get(key);
    if (value === undefined) return -1;
    this.put(key, value);
    return value;
  }

  put(key, value) {
    this.values.delete(key);
    this.values.set(key, value);
    if (this.values.size > this.capacity) this.values.delete(this.values.keys().next().value);
  }
}

function runCache(capacity, commands) {
  const cache = new LruCache(capacity);
  const answers = [];
  for (const [key, value] of commands) {
    if (value === undefined) answers.push(cache.get(key));
    else cache.put(key, value);
  }
  return answers;
}
