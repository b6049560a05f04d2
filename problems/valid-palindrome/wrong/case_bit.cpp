// verdict: wrong_answer
// Takes any two characters for the same letter whose codes are 32 apart: '0' and 'P' are as well.
#include <cctype>
#include <cstdlib>
#include <string>

using namespace std;

bool isPalindrome(string text) {
    int left = 0, right = static_cast<int>(text.size()) - 1;
    while (left < right) {
        if (!isalnum(text[left])) left++;
        else if (!isalnum(text[right])) right--;
        else {
            int apart = abs(text[left++] - text[right--]);
            if (apart != 0 && apart != 32) return false;
        }
    }
    return true;
}
