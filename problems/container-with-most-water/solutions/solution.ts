function maxWater(heights: number[]): number {
  let best = 0;
  let left = 0;
  let right = heights.length - 1;
  while (left < right) {
    best = Math.max(best, (right - left) * Math.min(heights[left], heights[right]));
    // The lower wall can hold no more with any wall nearer to it.
    if (heights[left] < heights[right]) left++;
    else right--;
  }
  return best;
}
