function trappedWater(heights: number[]): number {
  let total = 0;
  let left = 0;
  let right = heights.length - 1;
  let leftWall = 0;
  let rightWall = 0;
  while (left <= right) {
    // The side with the lower wall decides: whatever lies further in, the water stands at that wall's height.
    if (leftWall <= rightWall) {
      leftWall = Math.max(leftWall, heights[left]);
      total += leftWall - heights[left++];
    } else {
      rightWall = Math.max(rightWall, heights[right]);
      total += rightWall - heights[right--];
    }
  }
  return total;
}
