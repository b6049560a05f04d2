// verdict: time_limit
// Walks every way: right, and hopeless for a tall staircase.
#include <vector>

using namespace std;

long long waysFrom(int step, const vector<bool>& avoid) {
    int top = static_cast<int>(avoid.size()) - 1;
    if (step > top || avoid[step]) return 0;
    if (step == top) return 1;
    return waysFrom(step + 1, avoid) + waysFrom(step + 2, avoid);
}

long long countWays(int n, const vector<int>& broken) {
    vector<bool> avoid(n + 1, false);
    for (int step : broken) avoid[step] = true;
    return waysFrom(0, avoid);
}
