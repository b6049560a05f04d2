import java.util.ArrayDeque;
import java.util.Deque;

class Solution {
    public int trappedWater(int[] heights) {
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
}
