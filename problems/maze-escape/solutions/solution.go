import "strings"

func shortestPath(grid []string) int {
	type cell struct{ row, column int }
	moves := map[cell]int{}
	var waiting []cell
	for row, line := range grid {
		if column := strings.IndexByte(line, 'S'); column >= 0 {
			waiting = append(waiting, cell{row, column})
			moves[cell{row, column}] = 0
		}
	}
	for len(waiting) > 0 {
		here := waiting[0]
		waiting = waiting[1:]
		if grid[here.row][here.column] == 'E' {
			return moves[here]
		}
		for _, step := range []cell{{-1, 0}, {1, 0}, {0, -1}, {0, 1}} {
			there := cell{here.row + step.row, here.column + step.column}
			if there.row < 0 || there.row >= len(grid) || there.column < 0 || there.column >= len(grid[0]) {
				continue
			}
			if _, seen := moves[there]; !seen && grid[there.row][there.column] != '#' {
				moves[there] = moves[here] + 1
				waiting = append(waiting, there)
			}
		}
	}
	return -1
}
