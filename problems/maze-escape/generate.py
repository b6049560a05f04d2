"""Writes the large tests: `python generate.py [folder]` (the folder `tests` here when none is given).

They are committed, and tests/problems/test_packages.py checks that they are what this writes.
"""

import json
import random
import sys
from pathlib import Path

LARGEST = 250
FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "tests"

Cells = list[list[str]]


def write(name: str, cells: Cells, answer: int) -> None:
    grid = ["".join(row) for row in cells]
    assert len(grid) <= LARGEST
    assert {len(row) for row in grid} == {len(grid[0])}
    assert len(grid[0]) <= LARGEST
    assert sorted("".join(grid).replace(".", "").replace("#", "")) == ["E", "S"]
    assert answer == flood(grid), name
    path = FOLDER / "hidden" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"{json.dumps(grid, separators=(',', ':'))}\n")
    path.with_suffix(".out").write_text(f"{answer}\n")


def flood(grid: list[str]) -> int:
    """All cells at once, as the bits of one number: after each move, water stands wherever one could be by then.

    A wall after each row keeps what leaves a row from coming into the next one.
    """
    width = len(grid[0]) + 1
    cells = "#".join(grid)
    dry = sum(1 << place for place, cell in enumerate(cells) if cell != "#")
    edge = 1 << cells.index("S")
    exit_ = 1 << cells.index("E")
    moves = 0
    while edge and not edge & exit_:
        dry &= ~edge
        edge = (edge << 1 | edge >> 1 | edge << width | edge >> width) & dry
        moves += 1
    return moves if edge else -1


def full(rows: int, columns: int, cell: str) -> Cells:
    return [[cell] * columns for _ in range(rows)]


def with_ends(cells: Cells, start: tuple[int, int], end: tuple[int, int]) -> Cells:
    cells[start[0]][start[1]] = "S"
    cells[end[0]][end[1]] = "E"
    return cells


def snake(rows: int, columns: int) -> Cells:
    """Every other row is a wall with one gap, on the right and on the left by turns."""
    cells = full(rows, columns, ".")
    for row in range(1, rows, 2):
        cells[row] = ["#"] * columns
        cells[row][columns - 1 if row % 4 == 1 else 0] = "."
    return cells


def labyrinth(chance: random.Random, size: int) -> Cells:
    """Exactly one way between any two cells: dug from cell to cell, and back where all around is dug already."""
    cells = full(size, size, "#")
    cells[1][1] = "."
    path = [(1, 1)]
    while path:
        row, column = path[-1]
        ways = [(d, a) for d, a in ((-1, 0), (1, 0), (0, -1), (0, 1)) if solid(cells, row + 2 * d, column + 2 * a)]
        if not ways:
            path.pop()
            continue
        down, across = chance.choice(ways)
        cells[row + down][column + across] = cells[row + 2 * down][column + 2 * across] = "."
        path.append((row + 2 * down, column + 2 * across))
    return cells


def solid(cells: Cells, row: int, column: int) -> bool:
    return 0 < row < len(cells) and 0 < column < len(cells) and cells[row][column] == "#"


def main() -> None:
    chance = random.Random(300)

    end = LARGEST - 1
    write("21-large-open", with_ends(full(LARGEST, LARGEST, "."), (0, 0), (end, end)), 2 * end)

    # Everything can be reached but the exit, whose four neighbours are walls.
    cells = full(150, 150, ".")
    for row, column in ((74, 75), (76, 75), (75, 74), (75, 76)):
        cells[row][column] = "#"
    write("22-large-exit-boxed-in", with_ends(cells, (0, 149), (75, 75)), -1)

    # 76 rows to walk along, and two moves down between them.
    write("23-large-snake", with_ends(snake(151, 250), (0, 0), (150, 0)), 75 * (249 + 2) + 249)

    cells = [[chance.choice("...#") for _ in range(200)] for _ in range(200)]
    cells = with_ends(cells, (0, 0), (199, 199))
    write("24-large-random", cells, flood(["".join(row) for row in cells]))

    cells = with_ends(labyrinth(chance, 201), (1, 1), (199, 199))
    write("25-large-labyrinth", cells, flood(["".join(row) for row in cells]))

    write("26-large-one-row", with_ends(full(1, LARGEST, "."), (0, LARGEST - 1), (0, 0)), LARGEST - 1)


if __name__ == "__main__":
    main()
