import java.util.*;

class Solution {
    /** Returns the largest sum of a non-empty run of neighbouring numbers. */
    int maxSubarray(int[] nums) {
        int best = nums[0];
        int endingHere = 0;
        for (int num : nums) {
            endingHere = Math.max(num, endingHere + num);
            best = Math.max(best, endingHere);
        }
        return best;
    }
}
