import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

class Solution {
    public int shortestPath(String[] grid) {
        int columns = grid[0].length();
        String cells = String.join("", grid);
        int[] moves = new int[cells.length()];
        Arrays.fill(moves, -1);
        Queue<Integer> waiting = new ArrayDeque<>();
        waiting.add(cells.indexOf('S'));
        moves[cells.indexOf('S')] = 0;
        while (!waiting.isEmpty()) {
            int here = waiting.poll();
            if (cells.charAt(here) == 'E') {
                return moves[here];
            }
            // Beside a cell at the edge lies no other one: not the end of the row above or below.
            int left = here % columns > 0 ? here - 1 : -1;
            int right = here % columns < columns - 1 ? here + 1 : -1;
            for (int there : new int[] {here - columns, here + columns, left, right}) {
                if (there >= 0 && there < moves.length && moves[there] < 0 && cells.charAt(there) != '#') {
                    moves[there] = moves[here] + 1;
                    waiting.add(there);
                }
            }
        }
        return -1;
    }
}
