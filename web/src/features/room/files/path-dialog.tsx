import { Trans, useLingui } from "@lingui/react/macro";
import { type SyntheticEvent, useState } from "react";

import { Button } from "@/ui/button";
import { Dialog, DialogActions } from "@/ui/dialog";
import { TextInput } from "@/ui/field";

import { pathFault } from "./paths";

interface Props {
  title: string;
  /** What the button does. */
  action: string;
  initial: string;
  taken: readonly string[];
  onPath: (path: string) => void;
  onClose: () => void;
}

/** Asks what a file is to be called. */
export function PathDialog({ title, action, initial, taken, onPath, onClose }: Props) {
  const { t } = useLingui();
  const [path, setPath] = useState(initial);
  const [asked, setAsked] = useState(false);
  const fault = pathFault(path.trim(), taken);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (fault) setAsked(true);
    else if (path.trim() === initial) onClose();
    else onPath(path.trim());
  };
  return (
    <Dialog open onClose={onClose} title={title}>
      <form onSubmit={submit} noValidate>
        <TextInput
          label={t`Name`}
          hint={t`A slash makes a folder: src/notes.txt`}
          error={asked ? fault : undefined}
          value={path}
          spellCheck={false}
          autoCapitalize="off"
          onChange={(event) => setPath(event.target.value)}
        />
        <DialogActions>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" look="primary">
            {action}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
