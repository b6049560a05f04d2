function shortestPath(grid: string[]): number {
  const startRow = grid.findIndex((line) => line.includes("S"));
  const startColumn = grid[startRow].indexOf("S");
  const seen = grid.map((line) => new Array<boolean>(line.length).fill(false));
  seen[startRow][startColumn] = true;
  let ring = [[startRow, startColumn]];
  for (let moves = 0; ring.length > 0; moves++) {
    const next: number[][] = [];
    for (const [row, column] of ring) {
      if (grid[row][column] === "E") return moves;
      for (const [r, c] of [[row - 1, column], [row + 1, column], [row, column - 1], [row, column + 1]]) {
        const cell = grid[r]?.[c];
        if (cell !== undefined && cell !== "#" && !seen[r][c]) {
          seen[r][c] = true;
          next.push([r, c]);
        }
      }
    }
    ring = next;
  }
  return -1;
}
