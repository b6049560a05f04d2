// verdict: wrong_answer
// Throws out what came in first: a LinkedHashMap in its usual order, in which a use changes nothing.
import java.util.*;

class Solution {
    public int[] runCache(int capacity, int[][] commands) {
        Map<Integer, Integer> values = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
                return size() > capacity;
            }
        };
        List<Integer> answers = new ArrayList<>();
        for (int[] command : commands) {
            if (command.length == 1) answers.add(values.getOrDefault(command[0], -1));
            else values.put(command[0], command[1]);
        }
        return answers.stream().mapToInt(Integer::intValue).toArray();
    }
}
