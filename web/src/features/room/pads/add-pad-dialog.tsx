import { Trans, useLingui } from "@lingui/react/macro";
import { type SyntheticEvent, useState } from "react";

import { type ProblemSummary, useProblems } from "@/features/problems/api";
import { ProblemSelect } from "@/features/sessions/problem-select";
import { messageOf } from "@/lib/api/client";
import { Button } from "@/ui/button";
import { Dialog, DialogActions } from "@/ui/dialog";
import { FormError, TextInput } from "@/ui/field";
import { RadioCards } from "@/ui/radio-cards";
import { Loading } from "@/ui/spinner";
import { ErrorState } from "@/ui/states";

import { useAddPad } from "../api";
import { useRoom } from "../events/room-context";

/** As the server has it (`room/pads.py`). */
const TITLE_MAX = 80;

interface Props {
  open: boolean;
  onClose: () => void;
  /** Its id. */
  onAdded: (pad: string) => void;
}

/** A further problem or a blank pad, for everybody in the room. */
export function AddPadDialog({ open, onClose, onAdded }: Props) {
  const bank = useProblems(open);
  return (
    <Dialog open={open} onClose={onClose} title={<Trans>Add to this session</Trans>}>
      {bank.data && <Form problems={bank.data} onClose={onClose} onAdded={onAdded} />}
      {!bank.data && (bank.error ? <ErrorState error={bank.error} onRetry={() => void bank.refetch()} /> : <Loading />)}
    </Dialog>
  );
}

function Form({ problems, onClose, onAdded }: Omit<Props, "open"> & { problems: readonly ProblemSummary[] }) {
  const { t } = useLingui();
  const { session } = useRoom();
  const add = useAddPad(session.id);
  const [kind, setKind] = useState<"problem" | "blank">("problem");
  const [slug, setSlug] = useState(problems.find((one) => one.slug !== session.problemSlug)?.slug ?? "");
  const [title, setTitle] = useState("");
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (add.isPending) return;
    add.mutate(kind === "problem" ? { problem: slug } : { title: title.trim() }, {
      onSuccess: ({ id }) => {
        onAdded(id);
        onClose();
      },
    });
  };
  return (
    <form className="flex flex-col gap-4 pt-1" onSubmit={submit}>
      <RadioCards
        legend={<Trans>What to add</Trans>}
        value={kind}
        onChange={setKind}
        choices={[
          { value: "problem", label: t`A problem`, hint: t`With its statement, starter code and tests.` },
          { value: "blank", label: t`A blank pad`, hint: t`To try something out, in any language.` },
        ]}
      />
      {kind === "problem" ? (
        <ProblemSelect problems={problems} slug={slug} onChange={setSlug} />
      ) : (
        <TextInput label={t`Title`} value={title} maxLength={TITLE_MAX} required onChange={(event) => setTitle(event.target.value)} />
      )}
      <p className="quiet text-sm text-pretty">
        <Trans>Everybody in the room sees it at once. Nobody is taken away from what they look at until you show it to everybody.</Trans>
      </p>
      <FormError message={add.error ? messageOf(add.error) : undefined} />
      <DialogActions>
        <Button onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
        <Button type="submit" look="primary" busy={add.isPending}>
          <Trans>Add it</Trans>
        </Button>
      </DialogActions>
    </form>
  );
}
