import { Trans, useLingui } from "@lingui/react/macro";
import { LayoutDashboard, LogOut, UserPlus, UserRound } from "lucide-react";
import { useState } from "react";

import { messageOf } from "@/lib/api/client";
import { Avatar } from "@/ui/avatar";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { Menu, type MenuEntry } from "@/ui/menu";
import { toast } from "@/ui/toast";

import { type User, useSignOut } from "./api";

export function UserMenu({ me }: { me: User }) {
  const { t } = useLingui();
  const signOut = useSignOut();
  const [asking, setAsking] = useState(false);
  const leave = () => signOut.mutate(undefined, { onError: (error) => toast.error(messageOf(error)) });
  const entries: MenuEntry[] = [
    { kind: "link", label: t`Dashboard`, icon: LayoutDashboard, to: "/dashboard" },
    { kind: "link", label: t`Profile`, icon: UserRound, to: "/profile" },
    ...(me.guest ? [{ kind: "link" as const, label: t`Create an account`, icon: UserPlus, to: "/register" }] : []),
    { kind: "line" },
    { label: t`Sign out`, icon: LogOut, onSelect: me.guest ? () => setAsking(true) : leave },
  ];
  return (
    <>
      <Menu
        label={t`Account`}
        entries={entries}
        header={
          <>
            <p className="truncate text-sm font-medium">{me.name}</p>
            <p className="quiet truncate text-sm">{me.email ?? <Trans>Guest</Trans>}</p>
          </>
        }
      >
        {(button) => (
          <button {...button} aria-label={t`Account of ${me.name}`} className="btn btn-circle btn-ghost btn-sm">
            <Avatar name={me.name} image={me.profileImage} size={28} />
          </button>
        )}
      </Menu>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={leave}
        busy={signOut.isPending}
        title={<Trans>Sign out for good?</Trans>}
        confirm={<Trans>Sign out</Trans>}
        danger
      >
        <Trans>
          A guest is known in this browser only: you cannot come back to the sessions you are or were in, and in those that go on
          your seat stays taken. To keep them, create an account first.
        </Trans>
      </ConfirmDialog>
    </>
  );
}
