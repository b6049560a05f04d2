// verdict: wrong_answer
// Returns the numbers, not where they stand.
function twoSum(nums, target) {
  const seen = new Set();
  for (const num of nums) {
    if (seen.has(target - num)) return [target - num, num];
    seen.add(num);
  }
  return [];
}
