import java.io.*;
import java.util.*;

class Solution {
    /** Tells whether every bracket in code is closed by its partner, in the right order. */
    boolean isBalanced(String code) {
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
