// verdict: wrong_answer
// Compares place by place, so that one letter in front shifts everything.
function editDistance(source, target) {
  let changes = Math.abs(source.length - target.length);
  for (let i = 0; i < Math.min(source.length, target.length); i++) {
    if (source[i] !== target[i]) changes++;
  }
  return changes;
}
