function twoSum(nums: number[], target: number): number[] {
  const positionOf = new Map<number, number>();
  for (const [position, num] of nums.entries()) {
    const partner = positionOf.get(target - num);
    if (partner !== undefined) return [partner, position];
    positionOf.set(num, position);
  }
  return [];
}
