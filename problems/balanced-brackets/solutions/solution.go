func isBalanced(code string) bool {
	openerOf := map[rune]rune{')': '(', ']': '[', '}': '{'}
	var openNow []rune
	for _, char := range code {
		switch char {
		case '(', '[', '{':
			openNow = append(openNow, char)
		case ')', ']', '}':
			last := len(openNow) - 1
			if last < 0 || openNow[last] != openerOf[char] {
				return false
			}
			openNow = openNow[:last]
		}
	}
	return len(openNow) == 0
}
