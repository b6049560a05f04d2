// verdict: wrong_answer
// Fills from each column to the next one that is at least as high, and forgets the pools whose right rim is lower.
#include <vector>

using namespace std;

int trappedWater(const vector<int>& heights) {
    int total = 0, rim = 0;
    for (int i = 1; i < static_cast<int>(heights.size()); i++) {
        if (heights[i] < heights[rim]) continue;
        for (int between = rim + 1; between < i; between++) total += heights[rim] - heights[between];
        rim = i;
    }
    return total;
}
