// verdict: wrong_answer
// Adds up in 32 bits and only returns 64.
class Solution {
    public long maxSubarray(int[] nums) {
        int best = nums[0];
        int endingHere = 0;
        for (int num : nums) {
            endingHere = Math.max(num, endingHere + num);
            best = Math.max(best, endingHere);
        }
        return best;
    }
}
