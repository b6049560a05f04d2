import java.util.*;

public class Main {
    /** Keeps at most `capacity` entries. The one that was used longest ago makes room for a new one. */
    static class LRUCache {
        private final int capacity;

        LRUCache(int capacity) {
            // Prepare what you need here.
            this.capacity = capacity;
        }

        /** Returns the value stored under key, or -1 when there is none. Counts as a use. */
        int get(int key) {
            // Write your solution here.
            return -1;
        }

        /** Stores value under key, in place of an older value. Counts as a use. */
        void put(int key, int value) {
            // Write your solution here.
        }
    }

    // Reads the input and prints the answers. Nothing to change below.
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        LRUCache cache = new LRUCache(in.nextInt());
        StringBuilder answers = new StringBuilder();
        for (int commands = in.nextInt(); commands > 0; commands--) {
            if (in.next().equals("get")) {
                answers.append(cache.get(in.nextInt())).append('\n');
            } else {
                cache.put(in.nextInt(), in.nextInt());
            }
        }
        System.out.print(answers);
    }
}
