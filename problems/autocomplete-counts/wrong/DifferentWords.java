// verdict: wrong_answer
// Puts the words into a set: one that stands there several times counts once.
import java.util.*;

class Solution {
    public int[] countCompletions(String[] words, String[] prefixes) {
        Map<String, Integer> beginnings = new HashMap<>();
        for (String word : new HashSet<>(Arrays.asList(words))) {
            for (int end = 1; end <= word.length(); end++) {
                beginnings.merge(word.substring(0, end), 1, Integer::sum);
            }
        }
        return Arrays.stream(prefixes).mapToInt(prefix -> beginnings.getOrDefault(prefix, 0)).toArray();
    }
}
