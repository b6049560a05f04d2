#include <iostream>
#include <string>

using namespace std;

// Tells whether every bracket in code is closed by its partner, in the right order.
bool isBalanced(const string& code) {
    // Write your solution here.
    return false;
}

// Reads the input and prints the answer. Nothing to change below.
int main() {
    string code;
    getline(cin, code);

    cout << (isBalanced(code) ? "true" : "false") << '\n';
}
