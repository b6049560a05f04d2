def trapped_water(heights: list[int]) -> int:
    total = 0
    left, right = 0, len(heights) - 1
    left_wall = right_wall = 0
    while left <= right:
        # The side with the lower wall decides: whatever lies further in, the water stands at that wall's height.
        if left_wall <= right_wall:
            left_wall = max(left_wall, heights[left])
            total += left_wall - heights[left]
            left += 1
        else:
            right_wall = max(right_wall, heights[right])
            total += right_wall - heights[right]
            right -= 1
    return total
