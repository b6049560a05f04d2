#include <iostream>
#include <string>

using namespace std;

// Tells whether the letters and digits of text read the same in both directions, upper case or lower case.
bool isPalindrome(const string& text) {
    // Write your solution here.
    return false;
}

// Reads the input and prints the answer. Nothing to change below.
int main() {
    string text;
    getline(cin, text);

    cout << (isPalindrome(text) ? "true" : "false") << '\n';
}
