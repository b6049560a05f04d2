import { Trans, useLingui } from "@lingui/react/macro";
import { ChevronDown, ChevronRight, EllipsisVertical, FileText, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";

import { classes } from "@/lib/classes";
import { Icon } from "@/ui/icon";
import { Menu, type MenuEntry } from "@/ui/menu";

import { type Node, treeOf } from "./paths";

interface Props {
  names: readonly string[];
  selected: string | null;
  /** Which one is run. */
  main: string | null;
  onGo: (name: string) => void;
  /** For who may. */
  onRename: ((name: string) => void) | undefined;
  onDelete: ((name: string) => void) | undefined;
}

/** Nested lists of buttons: every one is reached by Tab, and read with how deep it lies. */
export function FileTree({ names, ...rest }: Props) {
  return <Level nodes={treeOf(names)} {...rest} />;
}

type LevelProps = Omit<Props, "names">;

function Level({ nodes, ...rest }: LevelProps & { nodes: readonly Node[] }) {
  return (
    <ul>
      {nodes.map((node) => (
        <li key={`${node.path}${node.children ? "/" : ""}`}>
          {node.children ? <Folder node={node} inside={node.children} {...rest} /> : <FileRow node={node} {...rest} />}
        </li>
      ))}
    </ul>
  );
}

const ROW = "flex min-w-0 grow cursor-pointer items-center gap-1.5 rounded-field py-1 pl-2 text-left text-sm";

function Folder({ node, inside, ...rest }: LevelProps & { node: Node; inside: readonly Node[] }) {
  const [open, setOpen] = useState(true);
  return (
    <>
      <div className="flex px-1">
        <button type="button" aria-expanded={open} className={ROW} onClick={() => setOpen(!open)}>
          <Icon of={open ? ChevronDown : ChevronRight} size={14} className="quiet" />
          <span className="truncate">{node.name}</span>
        </button>
      </div>
      {open && (
        <div className="pl-3">
          <Level nodes={inside} {...rest} />
        </div>
      )}
    </>
  );
}

function FileRow({ node: { path, name }, selected, main, onGo, onRename, onDelete }: LevelProps & { node: Node }) {
  const { t } = useLingui();
  const current = path === selected;
  const entries: MenuEntry[] = [];
  // What is run stays what and where it is: Run and the switch of languages look for it there.
  const fixed = path === main;
  if (onRename) entries.push({ label: t`Rename`, icon: Pencil, onSelect: () => onRename(path) });
  if (onDelete) entries.push({ label: t`Delete`, icon: Trash2, danger: true, onSelect: () => onDelete(path) });
  return (
    <div className={classes("mx-1 flex items-center rounded-field", current ? "bg-base-200" : "hover:bg-base-200/60")}>
      <button type="button" aria-current={current || undefined} className={classes(ROW, current && "font-medium")} onClick={() => onGo(path)}>
        <Icon of={FileText} size={14} className="quiet" />
        <span className="truncate">{name}</span>
        {fixed && (
          <span className="quiet text-xs font-normal">
            <Trans>runs</Trans>
          </span>
        )}
      </button>
      {entries.length > 0 && !fixed && (
        <Menu label={t`What to do with ${path}`} entries={entries}>
          {(button) => (
            <button {...button} aria-label={t`What to do with ${path}`} className="btn btn-square btn-ghost btn-xs">
              <Icon of={EllipsisVertical} size={14} />
            </button>
          )}
        </Menu>
      )}
    </div>
  );
}
