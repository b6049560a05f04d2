// verdict: wrong_answer
// Begins with 0 as the best sum, as if taking no number at all were allowed.
function maxSubarray(nums) {
  let best = 0;
  let endingHere = 0;
  for (const num of nums) {
    endingHere = Math.max(0, endingHere + num);
    best = Math.max(best, endingHere);
  }
  return best;
}
