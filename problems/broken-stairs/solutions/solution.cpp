#include <vector>

using namespace std;

long long countWays(int n, const vector<int>& broken) {
    vector<bool> avoid(n + 1, false);
    for (int step : broken) avoid[step] = true;
    long long oneBelow = 1, twoBelow = 0;
    for (int step = 1; step <= n; step++) {
        long long here = avoid[step] ? 0 : oneBelow + twoBelow;
        twoBelow = oneBelow;
        oneBelow = here;
    }
    return oneBelow;
}
