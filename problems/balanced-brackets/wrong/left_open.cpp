// verdict: wrong_answer
// Does not look at what is still open at the end.
#include <string>
#include <vector>

using namespace std;

bool isBalanced(const string& code) {
    vector<char> expected;
    for (char c : code) {
        if (c == '(') expected.push_back(')');
        if (c == '[') expected.push_back(']');
        if (c == '{') expected.push_back('}');
        if (c == ')' || c == ']' || c == '}') {
            if (expected.empty() || expected.back() != c) return false;
            expected.pop_back();
        }
    }
    return true;
}
