/** Returns how many of the sorted readings lie between low and high, both included. */
function countInRange(readings: number[], low: number, high: number): number {
  return countBelow(readings, high + 1) - countBelow(readings, low);
}

/** How many of the sorted readings are smaller than bound. */
function countBelow(readings: number[], bound: number): number {
  let from = 0;
  let to = readings.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (readings[middle] < bound) from = middle + 1;
    else to = middle;
  }
  return from;
}
