/** Whose caret one is led along by, chosen in the header, among the people or given up in the code. */
import { useLingui } from "@lingui/react/macro";
import { Eye, EyeOff } from "lucide-react";
import { createContext, type ReactNode, use, useState } from "react";

import type { MenuEntry } from "@/ui/menu";

import { type Person, useRoom } from "./events/room-context";

interface Follow {
  /** Id of the person. */
  followed: string | null;
  follow: (id: string | null) => void;
}

const Context = createContext<Follow | null>(null);

export function FollowProvider({ children }: { children: ReactNode }) {
  const [followed, follow] = useState<string | null>(null);
  return <Context value={{ followed, follow }}>{children}</Context>;
}

export function useFollow(): Follow {
  const found = use(Context);
  if (!found) throw new Error("outside of FollowProvider");
  return found;
}

/** What stands first in the menu of everybody else who is here. */
export function useFollowEntry(): (person: Person) => MenuEntry[] {
  const { t } = useLingui();
  const { me } = useRoom();
  const { followed, follow } = useFollow();
  return ({ id, online, waiting }) => {
    const led = followed === id;
    if (id === me.id || waiting || !(online || led)) return [];
    return [
      {
        label: led ? t`Stop following` : t`Follow in the code`,
        icon: led ? EyeOff : Eye,
        onSelect: () => follow(led ? null : id),
      },
    ];
  };
}
