// verdict: wrong_answer
// Leaves out the readings that equal high.
#include <algorithm>
#include <vector>

using namespace std;

vector<int> countInRange(const vector<int>& readings, const vector<vector<int>>& questions) {
    vector<int> counts;
    for (const auto& question : questions) {
        auto first = lower_bound(readings.begin(), readings.end(), question[0]);
        auto last = lower_bound(readings.begin(), readings.end(), question[1]);
        counts.push_back(static_cast<int>(last - first));
    }
    return counts;
}
