// verdict: wrong_answer
// Moves both walls inwards at once.
class Solution {
    public int maxWater(int[] heights) {
        int best = 0;
        for (int left = 0, right = heights.length - 1; left < right; left++, right--) {
            best = Math.max(best, (right - left) * Math.min(heights[left], heights[right]));
        }
        return best;
    }
}
