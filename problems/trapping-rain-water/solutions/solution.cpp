#include <algorithm>
#include <vector>

using namespace std;

int trappedWater(const vector<int>& heights) {
    // The water over a column stands as high as the lower of the highest walls on its two sides.
    const int n = static_cast<int>(heights.size());
    vector<int> highestRight(n + 1, 0);
    for (int i = n - 1; i >= 0; i--) highestRight[i] = max(highestRight[i + 1], heights[i]);
    int total = 0, highestLeft = 0;
    for (int i = 0; i < n; i++) {
        highestLeft = max(highestLeft, heights[i]);
        total += min(highestLeft, highestRight[i]) - heights[i];
    }
    return total;
}
