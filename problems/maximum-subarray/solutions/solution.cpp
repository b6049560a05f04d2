#include <algorithm>
#include <vector>

using namespace std;

// Returns the largest sum of a non-empty run of neighbouring numbers.
int maxSubarray(const vector<int>& nums) {
    int best = nums[0], endingHere = 0;
    for (int num : nums) {
        endingHere = max(num, endingHere + num);
        best = max(best, endingHere);
    }
    return best;
}
