// verdict: wrong_answer
// Takes a stored 0 for a key that is not there.
function runCache(capacity, commands) {
  const values = new Map();
  const answers = [];
  for (const [key, value] of commands) {
    const now = value ?? values.get(key);
    if (value === undefined) answers.push(now || -1);
    if (!now) continue;
    values.delete(key);
    values.set(key, now);
    if (values.size > capacity) values.delete(values.keys().next().value);
  }
  return answers;
}
