// verdict: wrong_answer
// Counts the three kinds on their own, so that they may cross.
class Solution {
    public boolean isBalanced(String code) {
        int[] open = new int[3];
        for (char c : code.toCharArray()) {
            int opener = "([{".indexOf(c);
            int closer = ")]}".indexOf(c);
            if (opener >= 0) open[opener]++;
            if (closer >= 0 && --open[closer] < 0) return false;
        }
        return open[0] == 0 && open[1] == 0 && open[2] == 0;
    }
}
