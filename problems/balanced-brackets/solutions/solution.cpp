#include <string>
#include <vector>

using namespace std;

bool isBalanced(const string& code) {
    const string openers = "([{", closers = ")]}";
    vector<char> expected;
    for (char c : code) {
        if (auto kind = openers.find(c); kind != string::npos) {
            expected.push_back(closers[kind]);
        } else if (closers.find(c) != string::npos) {
            if (expected.empty() || expected.back() != c) return false;
            expected.pop_back();
        }
    }
    return expected.empty();
}
