func trappedWater(heights []int) int {
	total := 0
	left, right := 0, len(heights)-1
	leftWall, rightWall := 0, 0
	for left <= right {
		// The side with the lower wall decides: whatever lies further in, the water stands at that wall's height.
		if leftWall <= rightWall {
			if heights[left] > leftWall {
				leftWall = heights[left]
			}
			total += leftWall - heights[left]
			left++
		} else {
			if heights[right] > rightWall {
				rightWall = heights[right]
			}
			total += rightWall - heights[right]
			right--
		}
	}
	return total
}
