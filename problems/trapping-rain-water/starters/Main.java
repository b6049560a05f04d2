import java.util.*;

public class Main {
    /** Returns how many units of water stay between the blocks after the rain. */
    static int trappedWater(int[] heights) {
        // Write your solution here.
        return 0;
    }

    // Reads the input and prints the answer. Nothing to change below.
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int[] heights = new int[in.nextInt()];
        for (int i = 0; i < heights.length; i++) {
            heights[i] = in.nextInt();
        }
        System.out.println(trappedWater(heights));
    }
}
