/** Cases of one person, alone with a problem: kept in this browser. */
import { useState } from "react";

import { recall, remember } from "@/lib/storage";

import type { CaseBook, DraftCase } from "./model";

const key = (slug: string) => `solo:${slug}:cases`;

const isTexts = (value: unknown): value is Record<string, string> =>
  typeof value === "object" && value !== null && Object.values(value).every((text) => typeof text === "string");

function isDraft(value: unknown): value is DraftCase {
  const draft = value as Partial<DraftCase> | null;
  return typeof draft?.id === "string" && typeof draft.author === "string" && typeof draft.expected === "string" && isTexts(draft.texts);
}

const areDrafts = (value: unknown): value is DraftCase[] => Array.isArray(value) && value.every(isDraft);

export function useKeptCases(slug: string): CaseBook {
  const [cases, setCases] = useState<readonly DraftCase[]>(() => recall(key(slug), areDrafts) ?? []);
  const change = (next: readonly DraftCase[]) => {
    setCases(next);
    remember(key(slug), next);
  };
  return {
    cases,
    canEdit: true,
    shared: false,
    add: (texts, expected) => {
      const id = freeId(cases);
      change([...cases, { id, author: "", texts, expected }]);
      return id;
    },
    write: (id, field, text) =>
      change(
        cases.map((draft) => {
          if (draft.id !== id) return draft;
          return field === null ? { ...draft, expected: text } : { ...draft, texts: { ...draft.texts, [field]: text } };
        }),
      ),
    remove: (id) => change(cases.filter((draft) => draft.id !== id)),
  };
}

function freeId(cases: readonly DraftCase[]): string {
  const taken = new Set(cases.map(({ id }) => id));
  let number = cases.length + 1;
  while (taken.has(`own-${number}`)) number += 1;
  return `own-${number}`;
}
