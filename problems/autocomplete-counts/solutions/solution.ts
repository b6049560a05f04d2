type Node = { count: number; next: Map<string, Node> };

const newNode = (): Node => ({ count: 0, next: new Map() });

function countCompletions(words: string[], prefixes: string[]): number[] {
  const root = newNode();
  for (const word of words) {
    let node = root;
    for (const letter of word) {
      const child = node.next.get(letter) ?? newNode();
      node.next.set(letter, child);
      child.count++;
      node = child;
    }
  }
  return prefixes.map((prefix) => {
    let node: Node | undefined = root;
    for (const letter of prefix) node = node?.next.get(letter);
    return node?.count ?? 0;
  });
}
