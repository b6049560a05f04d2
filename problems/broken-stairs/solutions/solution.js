function countWays(n, broken) {
  const avoid = new Set(broken);
  let oneBelow = 1;
  let twoBelow = 0;
  for (let step = 1; step <= n; step++) {
    const here = avoid.has(step) ? 0 : oneBelow + twoBelow;
    [oneBelow, twoBelow] = [here, oneBelow];
  }
  return oneBelow;
}
