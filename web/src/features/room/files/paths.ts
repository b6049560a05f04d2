/** What files may be called, and how they lie in folders. Paths as those see them who look at their pad. */
import { t } from "@lingui/core/macro";

import type { Language } from "@/features/execution/model";

/** In one pad: more is a project, and no interview. */
export const FILES_MAX = 200;
export const PATH_MAX = 200;
/** Characters: ten times the longest program that can be run. */
export const TEXT_MAX = 256 * 1024;

/** Does not show, or reorders what does. */
// eslint-disable-next-line no-control-regex -- control characters are what it is about
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;

export interface Node {
  /** Of a folder without the slash at its end. */
  path: string;
  name: string;
  /** Undefined: a file. */
  children?: Node[];
}

/** Why a file cannot have this path, if so. `taken`: the paths there are, without its own. */
export function pathFault(path: string, taken: readonly string[]): string | undefined {
  const parts = path.split("/");
  if (path === "") return t`Give the file a name.`;
  if (path.length > PATH_MAX) return t`A path has at most ${PATH_MAX} characters.`;
  if (UNSEEN.test(path)) return t`There is a character in it that cannot be seen.`;
  if (path.includes("\\")) return t`Folders are separated by a slash: /`;
  if (parts.some((part) => part === "" || part === "." || part === ".." || part !== part.trim())) {
    return t`Write it like “notes.txt” or “src/notes.txt”.`;
  }
  if (taken.includes(path)) return t`There is a file of this name already.`;
  if (taken.some((other) => other.startsWith(`${path}/`))) return t`There is a folder of this name already.`;
  const inFile = taken.find((other) => path.startsWith(`${other}/`));
  if (inFile !== undefined) return t`${inFile} is a file, no folder.`;
  return undefined;
}

/** `path`, or the first of "name 2.py", "name 3.py"… that is free. */
export function freePath(path: string, taken: (path: string) => boolean): string {
  const at = path.lastIndexOf("/") + 1;
  const dot = path.lastIndexOf(".");
  const split = dot > at ? dot : path.length;
  let free = path;
  for (let number = 2; taken(free); number++) free = `${path.slice(0, split)} ${number}${path.slice(split)}`;
  return free;
}

/** What a file is in: the language that keeps its text under this name, else the first with this ending. */
export function languageOf(path: string, languages: readonly Language[]): Language | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  const ending = dot < 0 ? null : name.slice(dot);
  return (
    languages.find(({ fileName }) => fileName === name) ??
    (ending === null ? undefined : languages.find(({ fileName }) => fileName.endsWith(ending)))
  );
}

/** Folders first, then by name. */
export function treeOf(paths: readonly string[]): Node[] {
  const root: Node[] = [];
  for (const path of paths) {
    let level = root;
    const parts = path.split("/");
    parts.slice(0, -1).forEach((name, depth) => {
      const folder = parts.slice(0, depth + 1).join("/");
      let node = level.find((one) => one.children && one.path === folder);
      if (!node) level.push((node = { path: folder, name, children: [] }));
      level = node.children ?? [];
    });
    level.push({ path, name: parts.at(-1) ?? path });
  }
  return sorted(root);
}

function sorted(nodes: Node[]): Node[] {
  for (const { children } of nodes) if (children) sorted(children);
  return nodes.sort((a, b) => Number(!a.children) - Number(!b.children) || a.name.localeCompare(b.name));
}
