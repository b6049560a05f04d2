# verdict: wrong_answer
# Goes as deep as it can and returns the length of the first way that it finds.
def shortest_path(grid):
    start = next((row, line.index("S")) for row, line in enumerate(grid) if "S" in line)
    seen = {start}
    waiting = [(start, 0)]
    while waiting:
        (row, column), moves = waiting.pop()
        if grid[row][column] == "E":
            return moves
        for r, c in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
            if 0 <= r < len(grid) and 0 <= c < len(grid[0]) and (r, c) not in seen and grid[r][c] != "#":
                seen.add((r, c))
                waiting.append(((r, c), moves + 1))
    return -1
