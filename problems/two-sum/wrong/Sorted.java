// verdict: wrong_answer
// Sorts, which moves the numbers away from their positions.
import java.util.Arrays;

class Solution {
    public int[] twoSum(int[] nums, int target) {
        Arrays.sort(nums);
        int low = 0;
        int high = nums.length - 1;
        while (low < high) {
            int sum = nums[low] + nums[high];
            if (sum == target) return new int[] {low, high};
            if (sum < target) low++;
            else high--;
        }
        return new int[0];
    }
}
