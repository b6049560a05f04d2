import java.util.*;

class Solution {
    /** Returns the fewest moves from S to E, or -1 when there is no way. The strings are the rows of the maze. */
    int shortestPath(String[] grid) {
        int columns = grid[0].length();
        String cells = String.join("", grid);
        int[] moves = new int[cells.length()];
        Arrays.fill(moves, -1);
        Deque<Integer> waiting = new ArrayDeque<>();
        waiting.add(cells.indexOf('S'));
        moves[cells.indexOf('S')] = 0;
        while (!waiting.isEmpty()) {
            int here = waiting.poll();
            if (cells.charAt(here) == 'E') {
                return moves[here];
            }
            List<Integer> neighbours = new ArrayList<>(List.of(here - columns, here + columns));
            if (here % columns > 0) {
                neighbours.add(here - 1);
            }
            if (here % columns < columns - 1) {
                neighbours.add(here + 1);
            }
            for (int there : neighbours) {
                if (there >= 0 && there < moves.length && moves[there] < 0 && cells.charAt(there) != '#') {
                    moves[there] = moves[here] + 1;
                    waiting.add(there);
                }
            }
        }
        return -1;
    }
}
