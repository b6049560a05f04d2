# verdict: time_limit
# Tries every pair: right, and too slow for the large lists.
def two_sum(nums, target):
    for first in range(len(nums)):
        for second in range(first + 1, len(nums)):
            if nums[first] + nums[second] == target:
                return [first, second]
    return []
