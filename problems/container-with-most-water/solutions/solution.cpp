#include <algorithm>
#include <vector>

using namespace std;

int maxWater(const vector<int>& heights) {
    int best = 0, left = 0, right = static_cast<int>(heights.size()) - 1;
    while (left < right) {
        best = max(best, (right - left) * min(heights[left], heights[right]));
        // The lower wall can hold no more with any wall nearer to it.
        if (heights[left] < heights[right]) left++;
        else right--;
    }
    return best;
}
