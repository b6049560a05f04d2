#include <iostream>
#include <vector>

using namespace std;

// Returns the positions of the two numbers that add up to target, the smaller position first.
vector<int> twoSum(const vector<int>& nums, int target) {
    // Write your solution here.
    return {};
}

// Reads the input and prints the answer. Nothing to change below.
int main() {
    int n = 0, target = 0;
    cin >> n;
    vector<int> nums(n);
    for (int& num : nums) cin >> num;
    cin >> target;

    for (int position : twoSum(nums, target)) cout << position << ' ';
    cout << '\n';
}
