def two_sum(nums: list[int], target: int) -> list[int]:
    position_of: dict[int, int] = {}
    for position, num in enumerate(nums):
        if target - num in position_of:
            return [position_of[target - num], position]
        position_of[num] = position
    return []
