import type { Difficulty, ProblemSummary } from "./api";
import { DIFFICULTIES } from "./api";

/** What the address says (`?difficulty=easy&tag=array&q=sum`), so that a filtered list can be sent to somebody. */
export interface Filter {
  difficulty: Difficulty | null;
  tag: string | null;
  q: string;
}

export function filterOf(search: URLSearchParams): Filter {
  const difficulty = search.get("difficulty");
  return {
    difficulty: DIFFICULTIES.find((known) => known === difficulty) ?? null,
    tag: search.get("tag"),
    q: search.get("q") ?? "",
  };
}

export function searchOf(filter: Filter): URLSearchParams {
  const search = new URLSearchParams();
  if (filter.difficulty) search.set("difficulty", filter.difficulty);
  if (filter.tag) search.set("tag", filter.tag);
  if (filter.q) search.set("q", filter.q);
  return search;
}

/** Every word of the search must begin a word of the title or be part of a tag. */
export function matching(problems: readonly ProblemSummary[], { difficulty, tag, q }: Filter): ProblemSummary[] {
  const words = q.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return problems.filter((problem) => {
    if (difficulty && problem.difficulty !== difficulty) return false;
    if (tag && !problem.tags.includes(tag)) return false;
    const title = problem.title.toLocaleLowerCase();
    return words.every((word) => title.includes(word) || problem.tags.some((own) => tagName(own).toLocaleLowerCase().includes(word)));
  });
}

/** "two-pointers" as people read it. */
export const tagName = (tag: string): string => tag.replaceAll("-", " ");

/** Tags by how many problems carry them. */
export function tagsOf(problems: readonly ProblemSummary[]): string[] {
  const counts = new Map<string, number>();
  for (const tag of problems.flatMap((problem) => problem.tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b)).map(([tag]) => tag);
}
