import { Plural, Trans } from "@lingui/react/macro";
import { useRef, useState } from "react";
import { useNavigate } from "react-router";

import { type Policy, PolicyFields } from "@/features/integrity/policy-fields";
import { type ProblemHead, useProblems } from "@/features/problems/api";
import { DifficultyBadge } from "@/features/problems/difficulty-badge";
import { messageOf } from "@/lib/api/client";
import { useConfig } from "@/lib/config";
import { Button } from "@/ui/button";
import { Dialog, DialogActions } from "@/ui/dialog";
import { FormError } from "@/ui/field";
import { Check } from "@/ui/check";
import { RadioCards } from "@/ui/radio-cards";
import { Loading } from "@/ui/spinner";
import { ErrorState } from "@/ui/states";

import { useCreateSession } from "./api";
import { ProblemSelect } from "./problem-select";

interface Props {
  open: boolean;
  onClose: () => void;
  /** Chosen already (the problem's own page); otherwise the dialog asks. */
  problem?: ProblemHead;
}

export function CreateSessionDialog({ open, onClose, problem }: Props) {
  // Asked for while the dialog is still closed: it opens with its form, which then has the focus.
  const bank = useProblems(!problem);
  const problems = problem ? [problem] : bank.data;
  return (
    <Dialog open={open} onClose={onClose} title={<Trans>Create an interview session</Trans>}>
      {problems && <Form problems={problems} onClose={onClose} />}
      {!problems && (bank.error ? <ErrorState error={bank.error} onRetry={() => void bank.refetch()} /> : <Loading />)}
    </Dialog>
  );
}

const FEWEST = 2;

function Form({ problems, onClose }: { problems: readonly ProblemHead[]; onClose: () => void }) {
  const navigate = useNavigate();
  const create = useCreateSession();
  const most = useConfig()?.limits.capacityMax ?? FEWEST;
  const [slug, setSlug] = useState(problems[0]?.slug ?? "");
  const [visibility, setVisibility] = useState<"open" | "private">("open");
  const [lobby, setLobby] = useState(true);
  const [prepare, setPrepare] = useState(false);
  const [policy, setPolicy] = useState<Policy>({ aiPolicy: "unset", aiNote: "" });
  const [capacity, setCapacity] = useState(FEWEST);
  const problem = problems.find((candidate) => candidate.slug === slug);
  const seats = Array.from({ length: most - FEWEST + 1 }, (_, index) => FEWEST + index);

  // From the first Enter until the dialog is gone, or the server has said no: twice would be two sessions.
  const sent = useRef(false);

  const submit = () => {
    if (!problem || sent.current) return;
    sent.current = true;
    create.mutate(
      {
        problem: problem.slug,
        difficulty: problem.difficulty,
        visibility,
        capacity,
        lobby: visibility === "private" && lobby,
        prepare,
        ...policy,
      },
      {
        onSuccess: (session) => void navigate(`/session/${session.id}`),
        onError: () => {
          sent.current = false;
        },
      },
    );
  };

  return (
    <form
      className="flex flex-col gap-5 pt-1"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {problems.length > 1 ? (
        <ProblemSelect problems={problems} slug={slug} onChange={setSlug} />
      ) : (
        problem && (
          <div>
            <p className="mb-1.5 text-sm font-medium">
              <Trans>Problem</Trans>
            </p>
            <p className="flex items-center justify-between gap-3 rounded-field bg-base-200 px-3 py-2">
              <span className="font-medium">{problem.title}</span>
              <DifficultyBadge difficulty={problem.difficulty} />
            </p>
          </div>
        )
      )}
      <RadioCards
        legend={<Trans>Who may come in</Trans>}
        value={visibility}
        onChange={setVisibility}
        choices={[
          { value: "open", label: <Trans>Open</Trans>, hint: <Trans>Listed while it goes on; anybody with an account may take a free seat.</Trans> },
          { value: "private", label: <Trans>Private</Trans>, hint: <Trans>Only by a link that you send.</Trans> },
        ]}
      />
      <div className="flex flex-col gap-2">
        {visibility === "private" && (
          <Check checked={lobby} onChange={setLobby} hint={<Trans>Whoever opens a link stays in the waiting room until then.</Trans>}>
            <Trans>Let people in by hand</Trans>
          </Check>
        )}
        <Check checked={prepare} onChange={setPrepare} hint={<Trans>Candidates see neither problem nor code until you press Start.</Trans>}>
          <Trans>Prepare it unseen first</Trans>
        </Check>
      </div>
      <RadioCards
        legend={<Trans>Seats, yours included</Trans>}
        value={capacity}
        onChange={setCapacity}
        choices={seats.map((count) => ({ value: count, label: <Plural value={count} one="# seat" other="# seats" /> }))}
      />
      <PolicyFields value={policy} onChange={setPolicy} />
      <FormError message={create.error ? messageOf(create.error) : undefined} />
      <DialogActions>
        <Button onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
        <Button type="submit" look="primary" busy={create.isPending}>
          <Trans>Create session</Trans>
        </Button>
      </DialogActions>
    </form>
  );
}
