import java.util.*;

class Solution {
    /** Keeps at most `capacity` entries. The one that was used longest ago makes room for a new one. */
    static class LRUCache {
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

        private final int capacity;
        private final Map<Integer, Node> nodes = new HashMap<>();
        private final Node ring = new Node(-1, -1); // after it: used longest ago; before it: used last

        LRUCache(int capacity) {
            this.capacity = capacity;
        }

        /** Returns the value stored under key, or -1 when there is none. Counts as a use. */
        int get(int key) {
            Node node = nodes.get(key);
            if (node == null) {
                return -1;
            }
            node.takeOut();
            node.insertBefore(ring);
            return node.value;
        }

        /** Stores value under key, in place of an older value. Counts as a use. */
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
}
