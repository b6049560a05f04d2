func countWays(n int, broken []int) int64 {
	avoid := make([]bool, n+1)
	for _, step := range broken {
		avoid[step] = true
	}
	var oneBelow, twoBelow int64 = 1, 0
	for step := 1; step <= n; step++ {
		here := oneBelow + twoBelow
		if avoid[step] {
			here = 0
		}
		oneBelow, twoBelow = here, oneBelow
	}
	return oneBelow
}
