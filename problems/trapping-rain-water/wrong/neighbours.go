// verdict: wrong_answer
// Takes the two neighbours for the walls that hold the water.
func trappedWater(heights []int) int {
	total := 0
	for i := 1; i+1 < len(heights); i++ {
		wall := heights[i-1]
		if heights[i+1] < wall {
			wall = heights[i+1]
		}
		if wall > heights[i] {
			total += wall - heights[i]
		}
	}
	return total
}
