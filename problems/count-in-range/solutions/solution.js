function countInRange(readings, questions) {
  return questions.map(([low, high]) => countBelow(readings, high + 1) - countBelow(readings, low));
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
