#include <iostream>
#include <unordered_map>
#include <vector>

using namespace std;

// Returns the positions of the two numbers that add up to target, the smaller position first.
vector<int> twoSum(const vector<int>& nums, int target) {
    unordered_map<int, int> positionOf;
    for (int position = 0; position < static_cast<int>(nums.size()); position++) {
        auto partner = positionOf.find(target - nums[position]);
        if (partner != positionOf.end()) return {partner->second, position};
        positionOf[nums[position]] = position;
    }
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
