#include <algorithm>
#include <vector>

using namespace std;

vector<int> countInRange(const vector<int>& readings, const vector<vector<int>>& questions) {
    vector<int> counts;
    counts.reserve(questions.size());
    for (const auto& question : questions) {
        auto first = lower_bound(readings.begin(), readings.end(), question[0]);
        auto last = upper_bound(first, readings.end(), question[1]);
        counts.push_back(static_cast<int>(last - first));
    }
    return counts;
}
