func maxWater(heights []int) int {
	best := 0
	left, right := 0, len(heights)-1
	for left < right {
		lower := heights[left]
		if heights[right] < lower {
			lower = heights[right]
		}
		if water := (right - left) * lower; water > best {
			best = water
		}
		// The lower wall can hold no more with any wall nearer to it.
		if heights[left] < heights[right] {
			left++
		} else {
			right--
		}
	}
	return best
}
