def max_subarray(nums: list[int]) -> int:
    """Return the largest sum of a non-empty run of neighbouring numbers."""
    best = ending_here = nums[0]
    for num in nums[1:]:
        ending_here = max(num, ending_here + num)
        best = max(best, ending_here)
    return best
