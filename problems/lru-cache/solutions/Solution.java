import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

class Solution {
    public int[] runCache(int capacity, int[][] commands) {
        Cache cache = new Cache(capacity);
        int[] answers = new int[commands.length];
        int gets = 0;
        for (int[] command : commands) {
            if (command.length == 1) {
                answers[gets++] = cache.get(command[0]);
            } else {
                cache.put(command[0], command[1]);
            }
        }
        return Arrays.copyOf(answers, gets);
    }

    private static final class Cache {
        private final int capacity;
        private final Map<Integer, Node> nodes = new HashMap<>();
        private final Node ring = new Node(-1, -1); // after it: used longest ago; before it: used last

        Cache(int capacity) {
            this.capacity = capacity;
        }

        int get(int key) {
            Node node = nodes.get(key);
            if (node == null) {
                return -1;
            }
            node.takeOut();
            node.insertBefore(ring);
            return node.value;
        }

        void put(int key, int value) {
            if (get(key) != -1) {
                nodes.get(key).value = value;
                return;
            }
            if (nodes.size() == capacity) {
                Node oldest = ring.after;
                oldest.takeOut();
                nodes.remove(oldest.key);
            }
            Node node = new Node(key, value);
            node.insertBefore(ring);
            nodes.put(key, node);
        }
    }

    private static final class Node {
        final int key;
        int value;
        Node before = this;
        Node after = this;

        Node(int key, int value) {
            this.key = key;
            this.value = value;
        }

        void takeOut() {
            before.after = after;
            after.before = before;
        }

        void insertBefore(Node other) {
            before = other.before;
            after = other;
            before.after = this;
            after.before = this;
        }
    }
}
