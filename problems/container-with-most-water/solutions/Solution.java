class Solution {
    public int maxWater(int[] heights) {
        int best = 0;
        int left = 0;
        int right = heights.length - 1;
        while (left < right) {
            best = Math.max(best, (right - left) * Math.min(heights[left], heights[right]));
            // The lower wall can hold no more with any wall nearer to it.
            if (heights[left] < heights[right]) {
                left++;
            } else {
                right--;
            }
        }
        return best;
    }
}
