class Solution {
    private static final class Node {
        int count;
        final Node[] next = new Node[26];
    }

    public int[] countCompletions(String[] words, String[] prefixes) {
        Node root = new Node();
        for (String word : words) {
            Node node = root;
            for (char letter : word.toCharArray()) {
                if (node.next[letter - 'a'] == null) {
                    node.next[letter - 'a'] = new Node();
                }
                node = node.next[letter - 'a'];
                node.count++;
            }
        }
        int[] counts = new int[prefixes.length];
        for (int i = 0; i < prefixes.length; i++) {
            Node node = root;
            for (int j = 0; j < prefixes[i].length() && node != null; j++) {
                node = node.next[prefixes[i].charAt(j) - 'a'];
            }
            counts[i] = node == null ? 0 : node.count;
        }
        return counts;
    }
}
