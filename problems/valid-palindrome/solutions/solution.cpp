#include <cctype>
#include <string>

using namespace std;

bool isPalindrome(const string& text) {
    string kept;
    for (unsigned char c : text) {
        if (isalnum(c)) kept += static_cast<char>(tolower(c));
    }
    return kept == string(kept.rbegin(), kept.rend());
}
