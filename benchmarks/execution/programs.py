"""What is measured: the smallest program of each language, and one of the size that people write in an interview."""

from typing import NamedTuple


class Program(NamedTuple):
    language: str
    name: str
    source: str
    expected: str


PYTHON_REAL = """
import heapq
from collections import Counter, defaultdict

def distances(graph, count):
    best = [10**9] * count
    best[0] = 0
    queue = [(0, 0)]
    while queue:
        so_far, node = heapq.heappop(queue)
        if so_far > best[node]:
            continue
        for other, weight in graph[node]:
            if so_far + weight < best[other]:
                best[other] = so_far + weight
                heapq.heappush(queue, (best[other], other))
    return best

graph = defaultdict(list)
for i in range(1000):
    graph[i % 500].append(((i * 7 + 1) % 500, i % 9 + 1))
print(len(distances(graph, 500)), dict(Counter("a b a c b a".split())))
"""

JAVA_REAL = """
import java.util.*;
import java.util.stream.*;

public class Main {
    record Edge(int to, int weight) {}

    static int[] distances(Map<Integer, List<Edge>> graph, int count) {
        int[] best = new int[count];
        Arrays.fill(best, Integer.MAX_VALUE);
        best[0] = 0;
        PriorityQueue<int[]> queue = new PriorityQueue<>((a, b) -> Integer.compare(a[1], b[1]));
        queue.add(new int[] {0, 0});
        while (!queue.isEmpty()) {
            int[] here = queue.poll();
            if (here[1] > best[here[0]]) continue;
            for (Edge edge : graph.getOrDefault(here[0], List.of())) {
                int there = here[1] + edge.weight();
                if (there < best[edge.to()]) {
                    best[edge.to()] = there;
                    queue.add(new int[] {edge.to(), there});
                }
            }
        }
        return best;
    }

    public static void main(String[] args) {
        Map<Integer, List<Edge>> graph = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            graph.computeIfAbsent(i % 500, key -> new ArrayList<>()).add(new Edge((i * 7 + 1) % 500, i % 9 + 1));
        }
        int[] best = distances(graph, 500);
        Map<Boolean, Long> parts = Arrays.stream(best).boxed()
            .collect(Collectors.partitioningBy(d -> d % 2 == 0, Collectors.counting()));
        StringBuilder text = new StringBuilder();
        for (String word : "the quick brown fox".split(" ")) text.append(word.charAt(0)).append('.');
        System.out.printf("%s %d %s%n", text, best.length, parts.keySet());
    }
}
"""

CPP_REAL = """
#include <algorithm>
#include <iostream>
#include <map>
#include <numeric>
#include <queue>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>
using namespace std;

struct Edge { int to, weight; };

vector<int> distances(const unordered_map<int, vector<Edge>>& graph, int count) {
    vector<int> best(count, 1 << 30);
    priority_queue<pair<int, int>, vector<pair<int, int>>, greater<>> queue;
    queue.push({0, 0});
    best[0] = 0;
    while (!queue.empty()) {
        auto [so_far, node] = queue.top();
        queue.pop();
        if (so_far > best[node]) continue;
        auto found = graph.find(node);
        if (found == graph.end()) continue;
        for (const auto& edge : found->second) {
            if (so_far + edge.weight < best[edge.to]) {
                best[edge.to] = so_far + edge.weight;
                queue.push({best[edge.to], edge.to});
            }
        }
    }
    return best;
}

int main() {
    unordered_map<int, vector<Edge>> graph;
    for (int i = 0; i < 1000; i++) graph[i % 500].push_back({(i * 7 + 1) % 500, i % 9 + 1});
    auto best = distances(graph, 500);
    map<string, int> words;
    stringstream text("a b a c b a");
    for (string word; text >> word;) words[word]++;
    sort(best.begin(), best.end());
    for (auto& [word, count] : words) cout << word << count << ' ';
    cout << best.size() << endl;
}
"""

C_REAL = """
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int by_value(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }

int main(void) {
    int n = 1000, *values = malloc(n * sizeof *values);
    for (int i = 0; i < n; i++) values[i] = (i * 7919) % 1000;
    qsort(values, n, sizeof *values, by_value);
    char text[32];
    snprintf(text, sizeof text, "%d %d", values[0], values[n - 1]);
    printf("%s %zu\\n", text, strlen(text));
    free(values);
    return 0;
}
"""

TYPESCRIPT_REAL = """
interface Edge { to: number; weight: number }

class Graph {
  private readonly edges = new Map<number, Edge[]>();
  constructor(readonly size: number) {}
  add(from: number, edge: Edge): void {
    this.edges.set(from, [...(this.edges.get(from) ?? []), edge]);
  }
  reachable(start: number): Set<number> {
    const seen = new Set<number>([start]);
    const queue: number[] = [start];
    for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
      for (const { to } of this.edges.get(node) ?? []) if (!seen.has(to)) { seen.add(to); queue.push(to); }
    }
    return seen;
  }
}

const graph = new Graph(500);
for (let i = 0; i < 1000; i++) graph.add(i % 500, { to: (i * 7 + 1) % 500, weight: (i % 9) + 1 });
const words: Record<string, number> = {};
for (const word of "a b a c b a".split(" ")) words[word] = (words[word] ?? 0) + 1;
console.log(graph.reachable(0).size > 1, JSON.stringify(words));
"""

HELLO = {
    "python": 'print("hello")',
    "javascript": 'console.log("hello");',
    "typescript": 'const text: string = "hello";\nconsole.log(text);',
    "java": "public class Main {\n    public static void main(String[] a) {\n"
    '        System.out.println("hello");\n    }\n}\n',
    "cpp": '#include <iostream>\n\nint main() {\n    std::cout << "hello" << std::endl;\n}\n',
    "c": '#include <stdio.h>\n\nint main(void) {\n    puts("hello");\n}\n',
    "go": 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("hello")\n}\n',
    "rust": 'fn main() {\n    println!("hello");\n}\n',
}

PROGRAMS = [
    *(Program(language, "hello", source, "hello\n") for language, source in HELLO.items()),
    Program("python", "real", PYTHON_REAL, "500 {'a': 3, 'b': 2, 'c': 1}\n"),
    Program("typescript", "real", TYPESCRIPT_REAL, 'true {"a":3,"b":2,"c":1}\n'),
    Program("java", "real", JAVA_REAL, "t.q.b.f. 500 [false, true]\n"),
    Program("cpp", "real", CPP_REAL, "a3 b2 c1 500\n"),
    Program("c", "real", C_REAL, "0 999 5\n"),
]
