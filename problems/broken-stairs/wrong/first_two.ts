// verdict: wrong_answer
// Takes it for granted that the first two steps are whole.
function countWays(n: number, broken: number[]): number {
  const ways = [1, 1, 2];
  for (let step = 3; step <= n; step++) {
    ways[step] = broken.includes(step) ? 0 : ways[step - 1] + ways[step - 2];
  }
  return ways[n];
}
