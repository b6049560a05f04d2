import "sort"

func minRooms(meetings [][]int) int {
	var starts, ends []int
	for _, meeting := range meetings {
		starts = append(starts, meeting[0])
		ends = append(ends, meeting[1])
	}
	sort.Ints(starts)
	sort.Ints(ends)
	rooms, freed := 0, 0
	for _, start := range starts {
		if ends[freed] <= start {
			freed++
		} else {
			rooms++
		}
	}
	return rooms
}
