func editDistance(source string, target string) int {
	// Cell j of a row: the changes that turn the source read so far into target[:j].
	above, row := make([]int, len(target)+1), make([]int, len(target)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(source); i++ {
		above, row = row, above
		row[0] = i
		for j := 1; j <= len(target); j++ {
			row[j] = above[j-1]
			if source[i-1] != target[j-1] {
				row[j] = 1 + smallest(above[j-1], above[j], row[j-1])
			}
		}
	}
	return row[len(target)]
}

func smallest(first int, others ...int) int {
	for _, other := range others {
		if other < first {
			first = other
		}
	}
	return first
}
