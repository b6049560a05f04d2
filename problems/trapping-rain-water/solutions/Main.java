import java.util.*;

public class Main {
    /** Returns how many units of water stay between the blocks after the rain. */
    static int trappedWater(int[] heights) {
        // Columns that still wait for a wall on their right, from high to low.
        Deque<Integer> waiting = new ArrayDeque<>();
        int total = 0;
        for (int here = 0; here < heights.length; here++) {
            while (!waiting.isEmpty() && heights[waiting.peek()] <= heights[here]) {
                int floor = heights[waiting.pop()];
                if (!waiting.isEmpty()) {
                    int level = Math.min(heights[waiting.peek()], heights[here]);
                    total += (level - floor) * (here - waiting.peek() - 1);
                }
            }
            waiting.push(here);
        }
        return total;
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
