# verdict: time_limit
# Looks from every column for the highest ones on both sides: right, and too slow for the long lists.
def trapped_water(heights):
    total = 0
    for here, height in enumerate(heights):
        left_wall = right_wall = height
        for other in range(here):
            left_wall = max(left_wall, heights[other])
        for other in range(here + 1, len(heights)):
            right_wall = max(right_wall, heights[other])
        total += min(left_wall, right_wall) - height
    return total
