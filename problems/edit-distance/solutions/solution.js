function editDistance(source, target) {
  // Cell j of a row: the changes that turn the source read so far into target.slice(0, j).
  let row = Array.from({ length: target.length + 1 }, (_, j) => j);
  for (let i = 1; i <= source.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= target.length; j++) {
      const replaced = above[j - 1] + (source[i - 1] === target[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, above[j] + 1, row[j - 1] + 1));
    }
  }
  return row[target.length];
}
