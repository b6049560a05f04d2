#include <algorithm>
#include <vector>

using namespace std;

// Returns how many of the sorted readings lie between low and high, both included.
int countInRange(const vector<int>& readings, int low, int high) {
    auto first = lower_bound(readings.begin(), readings.end(), low);
    auto last = upper_bound(readings.begin(), readings.end(), high);
    return static_cast<int>(last - first);
}
