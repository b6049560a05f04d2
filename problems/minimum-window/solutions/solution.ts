function minWindow(text: string, letters: string): string {
  const needed = new Map<string, number>();
  for (const letter of letters) needed.set(letter, (needed.get(letter) ?? 0) + 1);
  let missing = letters.length;
  let best = { from: 0, length: Infinity };
  let left = 0;
  for (let right = 0; right < text.length; right++) {
    const count = needed.get(text[right]) ?? 0;
    if (count > 0) missing--;
    needed.set(text[right], count - 1);
    while (missing === 0) {
      if (right - left + 1 < best.length) best = { from: left, length: right - left + 1 };
      const back = (needed.get(text[left]) ?? 0) + 1;
      needed.set(text[left], back);
      if (back > 0) missing++;
      left++;
    }
  }
  return best.length === Infinity ? "" : text.slice(best.from, best.from + best.length);
}
