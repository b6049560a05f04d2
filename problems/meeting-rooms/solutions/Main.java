import java.util.*;

public class Main {
    /** Returns the smallest number of rooms that lets every meeting {start, end} take place. */
    static int minRooms(int[][] meetings) {
        Arrays.sort(meetings, Comparator.comparingInt(meeting -> meeting[0]));
        PriorityQueue<Integer> ends = new PriorityQueue<>(); // of the meetings that hold a room
        for (int[] meeting : meetings) {
            if (!ends.isEmpty() && ends.peek() <= meeting[0]) {
                ends.poll();
            }
            ends.add(meeting[1]);
        }
        return ends.size();
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
