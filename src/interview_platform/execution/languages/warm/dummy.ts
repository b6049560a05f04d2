import { readFileSync } from "node:fs";

enum Colour { Red = "red", Blue = "blue" }

interface Node<T> { value: T; next?: Node<T> | null }

class Queue<T> {
  private items: T[] = [];
  constructor(readonly name: string, private limit = 10) {}
  push(item: T): this { this.items.push(item); return this; }
  get size(): number { return this.items.length; }
}

namespace Shapes { export const side = 2; }

export const twoSum = (numbers: readonly number[], target: number): [number, number] | undefined => {
  const seen = new Map<number, number>();
  for (const [index, value] of numbers.entries()) {
    const other = seen.get(target - value);
    if (other !== undefined) return [other, index];
    seen.set(value, index);
  }
  return undefined;
};

async function main(): Promise<void> {
  const queue = new Queue<Node<string>>("first").push({ value: Colour.Red, next: null });
  console.log(queue.size, Shapes.side, twoSum([1, 2], 3)!, readFileSync as unknown);
}

await main();
