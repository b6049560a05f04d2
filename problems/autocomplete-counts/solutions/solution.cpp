#include <memory>
#include <string>
#include <vector>

using namespace std;

struct Node {
    int count = 0;
    unique_ptr<Node> next[26];
};

vector<int> countCompletions(const vector<string>& words, const vector<string>& prefixes) {
    Node root;
    for (const string& word : words) {
        Node* node = &root;
        for (char letter : word) {
            auto& child = node->next[letter - 'a'];
            if (!child) child = make_unique<Node>();
            child->count++;
            node = child.get();
        }
    }
    vector<int> counts;
    counts.reserve(prefixes.size());
    for (const string& prefix : prefixes) {
        const Node* node = &root;
        for (char letter : prefix) {
            if (node) node = node->next[letter - 'a'].get();
        }
        counts.push_back(node ? node->count : 0);
    }
    return counts;
}
