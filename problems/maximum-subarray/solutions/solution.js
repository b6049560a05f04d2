function maxSubarray(nums) {
  let best = nums[0];
  let endingHere = 0;
  for (const num of nums) {
    endingHere = Math.max(num, endingHere + num);
    best = Math.max(best, endingHere);
  }
  return best;
}
