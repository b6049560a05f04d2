func maxSubarray(nums []int) int64 {
	best, endingHere := int64(nums[0]), int64(0)
	for _, num := range nums {
		if endingHere < 0 {
			endingHere = 0 // a loss before this number is better left out
		}
		endingHere += int64(num)
		if endingHere > best {
			best = endingHere
		}
	}
	return best
}
