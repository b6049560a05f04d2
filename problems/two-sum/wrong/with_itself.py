# verdict: wrong_answer
# Fills the table first, so that a number can be its own partner.
def two_sum(nums, target):
    position_of = {num: position for position, num in enumerate(nums)}
    for position, num in enumerate(nums):
        if target - num in position_of:
            return [position, position_of[target - num]]
    return []
