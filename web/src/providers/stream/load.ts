import load from "virtual:stream-plugin";

import type { StreamPlugin } from "./plugin";

type Part<Name extends keyof StreamPlugin> = NonNullable<StreamPlugin[Name]> | null;

function part<Name extends keyof StreamPlugin>(name: Name): (() => Promise<Part<Name>>) | null {
  if (!load) return null;
  const loadPlugin = load;
  return async () => (await loadPlugin()).default[name] ?? null;
}

/** Null in a build without a plug-in, which is every build but an operator's own. */
export const loadCallPlugin = part("call");
export const loadChatPlugin = part("chat");
