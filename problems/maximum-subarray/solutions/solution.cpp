#include <algorithm>
#include <vector>

using namespace std;

long long maxSubarray(const vector<int>& nums) {
    long long best = nums[0], endingHere = 0;
    for (long long num : nums) {
        endingHere = max(num, endingHere + num);
        best = max(best, endingHere);
    }
    return best;
}
