from collections import deque


def shortest_path(grid: list[str]) -> int:
    rows, columns = len(grid), len(grid[0])
    start = next((row, line.index("S")) for row, line in enumerate(grid) if "S" in line)
    moves = {start: 0}
    waiting = deque([start])
    while waiting:
        row, column = waiting.popleft()
        if grid[row][column] == "E":
            return moves[row, column]
        for there in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
            inside = 0 <= there[0] < rows and 0 <= there[1] < columns
            if inside and there not in moves and grid[there[0]][there[1]] != "#":
                moves[there] = moves[row, column] + 1
                waiting.append(there)
    return -1
