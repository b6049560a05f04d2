#include <iostream>
#include <vector>

using namespace std;

// Returns in how many ways one can climb from the ground to step n without touching a broken step.
long long countWays(int n, const vector<int>& broken) {
    // Write your solution here.
    return 0;
}

// Reads the input and prints the answer. Nothing to change below.
int main() {
    int n = 0, k = 0;
    cin >> n >> k;
    vector<int> broken(k);
    for (int& step : broken) cin >> step;

    cout << countWays(n, broken) << '\n';
}
