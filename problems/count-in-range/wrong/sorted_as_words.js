// verdict: wrong_answer
// Sorts once more, and by JavaScript's custom as words: 15 comes before 3.
function countInRange(readings, questions) {
  const sorted = [...readings].sort();
  return questions.map(([low, high]) => countBelow(sorted, high + 1) - countBelow(sorted, low));
}

function countBelow(readings, bound) {
  let from = 0;
  let to = readings.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (readings[middle] < bound) from = middle + 1;
    else to = middle;
  }
  return from;
}
