func twoSum(nums []int, target int) []int {
	positionOf := map[int]int{}
	for position, num := range nums {
		if partner, found := positionOf[target-num]; found {
			return []int{partner, position}
		}
		positionOf[num] = position
	}
	return nil
}
