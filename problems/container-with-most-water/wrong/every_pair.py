# verdict: time_limit
# Compares all pairs of walls: right, and too slow for the long lists.
def max_water(heights):
    best = 0
    for right in range(len(heights)):
        for left in range(right):
            best = max(best, (right - left) * min(heights[left], heights[right]))
    return best
