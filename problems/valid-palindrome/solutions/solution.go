import (
	"strings"
	"unicode"
)

func isPalindrome(text string) bool {
	kept := strings.Map(func(char rune) rune {
		if !unicode.IsLetter(char) && !unicode.IsDigit(char) {
			return -1
		}
		return unicode.ToLower(char)
	}, text)
	for left, right := 0, len(kept)-1; left < right; left, right = left+1, right-1 {
		if kept[left] != kept[right] {
			return false
		}
	}
	return true
}
