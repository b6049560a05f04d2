import java.util.*;

public class Main {
    /** Returns the largest sum of a non-empty run of neighbouring numbers. */
    static int maxSubarray(int[] nums) {
        // Write your solution here.
        return 0;
    }

    // Reads the input and prints the answer. Nothing to change below.
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int[] nums = new int[in.nextInt()];
        for (int i = 0; i < nums.length; i++) {
            nums[i] = in.nextInt();
        }
        System.out.println(maxSubarray(nums));
    }
}
