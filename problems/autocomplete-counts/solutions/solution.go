func countCompletions(words []string, prefixes []string) []int {
	beginnings := map[string]int{}
	for _, word := range words {
		for end := 1; end <= len(word); end++ {
			beginnings[word[:end]]++
		}
	}
	counts := make([]int, len(prefixes))
	for i, prefix := range prefixes {
		counts[i] = beginnings[prefix]
	}
	return counts
}
