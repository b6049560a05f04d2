// verdict: wrong_answer
// Moves to where the next wall is higher, whichever of the two walls is the lower one.
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
		if heights[left+1] > heights[right-1] {
			left++
		} else {
			right--
		}
	}
	return best
}
