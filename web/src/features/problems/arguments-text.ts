import type { Problem } from "./api";

const ONE_LINE = 60; // characters that fit beside the editor

/** The input of an example as people write it: of a function `nums = [2, 7], target = 9`, else as it is. */
export function argumentsText({ signature }: Pick<Problem, "signature">, input: string): string {
  if (!signature) return input;
  const lines = input.trimEnd().split("\n");
  const named = signature.parameters.map(({ name }, index) => `${name} = ${lines[index] ?? ""}`);
  const whole = named.join(", ");
  return whole.length > ONE_LINE ? named.join("\n") : whole;
}
