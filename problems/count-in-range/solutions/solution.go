import "sort"

func countInRange(readings []int, questions [][]int) []int {
	counts := make([]int, len(questions))
	for i, question := range questions {
		low, high := question[0], question[1]
		counts[i] = sort.SearchInts(readings, high+1) - sort.SearchInts(readings, low)
	}
	return counts
}
