import java.util.*;

public class Main {
    /** Returns the smallest number of rooms that lets every meeting {start, end} take place. */
    static int minRooms(int[][] meetings) {
        // Write your solution here.
        return 0;
    }

    // Reads the input and prints the answer. Nothing to change below.
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int[][] meetings = new int[in.nextInt()][2];
        for (int[] meeting : meetings) {
            meeting[0] = in.nextInt();
            meeting[1] = in.nextInt();
        }
        System.out.println(minRooms(meetings));
    }
}
