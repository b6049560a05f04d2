// verdict: wrong_answer
// A new value for a key that is there does not count as a use.
func runCache(capacity int, commands [][]int) []int {
	values := map[int]int{}
	order := []int{} // the one used longest ago first
	answers := []int{}
	for _, command := range commands {
		key := command[0]
		value, there := values[key]
		switch {
		case len(command) == 1 && !there:
			answers = append(answers, -1)
		case len(command) == 1:
			answers = append(answers, value)
			at := 0
			for order[at] != key {
				at++
			}
			order = append(append(order[:at], order[at+1:]...), key)
		case there:
			values[key] = command[1]
		default:
			if len(order) == capacity {
				delete(values, order[0])
				order = order[1:]
			}
			values[key] = command[1]
			order = append(order, key)
		}
	}
	return answers
}
