def max_water(heights: list[int]) -> int:
    best = 0
    left, right = 0, len(heights) - 1
    while left < right:
        best = max(best, (right - left) * min(heights[left], heights[right]))
        # The lower wall can hold no more with any wall nearer to it.
        if heights[left] < heights[right]:
            left += 1
        else:
            right -= 1
    return best
