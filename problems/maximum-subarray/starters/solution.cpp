#include <iostream>
#include <vector>

using namespace std;

// Returns the largest sum of a non-empty run of neighbouring numbers.
int maxSubarray(const vector<int>& nums) {
    // Write your solution here.
    return 0;
}

// Reads the input and prints the answer. Nothing to change below.
int main() {
    int n = 0;
    cin >> n;
    vector<int> nums(n);
    for (int& num : nums) cin >> num;

    cout << maxSubarray(nums) << '\n';
}
