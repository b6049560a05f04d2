function countCompletions(words, prefixes) {
  const newNode = () => ({ count: 0, next: new Map() });
  const root = newNode();
  for (const word of words) {
    let node = root;
    for (const letter of word) {
      if (!node.next.has(letter)) node.next.set(letter, newNode());
      node = node.next.get(letter);
      node.count++;
    }
  }
  return prefixes.map((prefix) => {
    let node = root;
    for (const letter of prefix) node = node?.next.get(letter);
    return node?.count ?? 0;
  });
}
