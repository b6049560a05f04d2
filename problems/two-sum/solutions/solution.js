function twoSum(nums, target) {
  const positionOf = new Map();
  for (const [position, num] of nums.entries()) {
    const partner = positionOf.get(target - num);
    if (partner !== undefined) return [partner, position];
    positionOf.set(num, position);
  }
  return [];
}
