class Solution {
    public long maxSubarray(int[] nums) {
        long best = nums[0];
        long endingHere = 0;
        for (int num : nums) {
            endingHere = Math.max(num, endingHere + num);
            best = Math.max(best, endingHere);
        }
        return best;
    }
}
