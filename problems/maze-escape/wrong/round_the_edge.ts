// verdict: wrong_answer
// Numbers the cells through, and so goes from the end of a row to the beginning of the next one.
function shortestPath(grid: string[]): number {
  const cells = grid.join("");
  const seen = new Set([cells.indexOf("S")]);
  let ring = [...seen];
  for (let moves = 0; ring.length > 0; moves++) {
    const next: number[] = [];
    for (const here of ring) {
      if (cells[here] === "E") return moves;
      for (const there of [here - grid[0].length, here + grid[0].length, here - 1, here + 1]) {
        if (cells[there] === undefined || cells[there] === "#" || seen.has(there)) continue;
        seen.add(there);
        next.push(there);
      }
    }
    ring = next;
  }
  return -1;
}
