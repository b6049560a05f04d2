func minWindow(text string, letters string) string {
	var needed [128]int
	for _, letter := range letters {
		needed[letter]++
	}
	missing := len(letters)
	best := ""
	left := 0
	for right := range text {
		if needed[text[right]] > 0 {
			missing--
		}
		needed[text[right]]--
		for missing == 0 {
			if best == "" || right-left+1 < len(best) {
				best = text[left : right+1]
			}
			needed[text[left]]++
			if needed[text[left]] > 0 {
				missing++
			}
			left++
		}
	}
	return best
}
