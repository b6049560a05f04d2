import java.util.*;

public class Main {
    /** Returns the positions of the two numbers that add up to target, the smaller position first. */
    static int[] twoSum(int[] nums, int target) {
        Map<Integer, Integer> positionOf = new HashMap<>();
        for (int position = 0; position < nums.length; position++) {
            Integer partner = positionOf.get(target - nums[position]);
            if (partner != null) {
                return new int[] {partner, position};
            }
            positionOf.put(nums[position], position);
        }
        return new int[0];
    }

    // Reads the input and prints the answer. Nothing to change below.
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int[] nums = new int[in.nextInt()];
        for (int i = 0; i < nums.length; i++) {
            nums[i] = in.nextInt();
        }
        int target = in.nextInt();

        StringJoiner answer = new StringJoiner(" ");
        for (int position : twoSum(nums, target)) {
            answer.add(String.valueOf(position));
        }
        System.out.println(answer);
    }
}
