#include <string>
#include <utility>
#include <vector>

using namespace std;

void reverseString(vector<string>& chars) {
    int left = 0, right = static_cast<int>(chars.size()) - 1;
    while (left < right) swap(chars[left++], chars[right--]);
}
