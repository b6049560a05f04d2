# verdict: time_limit
# Looks at every stretch: right, and too slow for the long lists.
def max_subarray(nums):
    best = nums[0]
    for start in range(len(nums)):
        total = 0
        for end in range(start, len(nums)):
            total += nums[end]
            best = max(best, total)
    return best
