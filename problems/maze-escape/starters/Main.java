import java.util.*;

public class Main {
    /** Returns the fewest moves from S to E, or -1 when there is no way. The strings are the rows of the maze. */
    static int shortestPath(String[] grid) {
        // Write your solution here.
        return 0;
    }

    // Reads the input and prints the answer. Nothing to change below.
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        String[] grid = new String[in.nextInt()];
        in.nextInt();
        for (int row = 0; row < grid.length; row++) {
            grid[row] = in.next();
        }
        System.out.println(shortestPath(grid));
    }
}
