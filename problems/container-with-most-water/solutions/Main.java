import java.util.*;

public class Main {
    /** Returns the most water that two of the walls can hold between them. */
    static int maxWater(int[] heights) {
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

    // Reads the input and prints the answer. Nothing to change below.
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int[] heights = new int[in.nextInt()];
        for (int i = 0; i < heights.length; i++) {
            heights[i] = in.nextInt();
        }
        System.out.println(maxWater(heights));
    }
}
