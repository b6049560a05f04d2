// verdict: wrong_answer
// Takes the last of several equally short pieces.
function minWindow(text, letters) {
  const needed = {};
  for (const letter of letters) needed[letter] = (needed[letter] ?? 0) + 1;
  let missing = letters.length;
  let best = "";
  let left = 0;
  for (let right = 0; right < text.length; right++) {
    if (needed[text[right]]-- > 0) missing--;
    while (missing === 0) {
      if (best === "" || right - left < best.length) best = text.slice(left, right + 1);
      if (needed[text[left]]++ === 0) missing++;
      left++;
    }
  }
  return best;
}
