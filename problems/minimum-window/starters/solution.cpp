#include <iostream>
#include <string>

using namespace std;

// Returns the shortest piece of text that holds all the letters, the leftmost such piece, or "".
string minWindow(const string& text, const string& letters) {
    // Write your solution here.
    return "";
}

// Reads the input and prints the answer. Nothing to change below.
int main() {
    string text, letters;
    getline(cin, text);
    getline(cin, letters);

    string window = minWindow(text, letters);
    cout << (window.empty() ? "-" : window) << '\n';
}
