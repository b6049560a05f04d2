// verdict: wrong_answer
// Takes the two highest walls, however close together they stand.
function maxWater(heights) {
  const [first, second] = [...heights.keys()].sort((a, b) => heights[b] - heights[a]);
  return Math.abs(first - second) * heights[second];
}
