import java.util.ArrayDeque;
import java.util.Deque;

class Solution {
    public boolean isBalanced(String code) {
        Deque<Character> expected = new ArrayDeque<>();
        for (char c : code.toCharArray()) {
            switch (c) {
                case '(' -> expected.push(')');
                case '[' -> expected.push(']');
                case '{' -> expected.push('}');
                case ')', ']', '}' -> {
                    if (expected.isEmpty() || expected.pop() != c) {
                        return false;
                    }
                }
                default -> { }
            }
        }
        return expected.isEmpty();
    }
}
