import { Trans, useLingui } from "@lingui/react/macro";
import { useId, useState } from "react";

import { fieldError, messageOf } from "@/lib/api/client";
import { useConfig } from "@/lib/config";
import { squarePicture } from "@/lib/square-picture";
import { Avatar } from "@/ui/avatar";
import { Button } from "@/ui/button";
import { FormError, TextInput } from "@/ui/field";
import { toast } from "@/ui/toast";

import { text } from "./account-form";
import { type User, useUpdateMe } from "./api";

/** Name and, for an account, picture. A chosen picture is only shown until it is saved. */
export function ProfileForm({ me }: { me: User }) {
  const { t } = useLingui();
  const limits = useConfig()?.limits;
  const update = useUpdateMe();
  const [picture, setPicture] = useState<string | null>();
  const [unreadable, setUnreadable] = useState(false);
  const input = useId();
  const shown = picture === undefined ? me.profileImage : picture;

  const choose = async (file: File | undefined) => {
    if (!file) return;
    setUnreadable(false);
    try {
      setPicture(await squarePicture(file));
    } catch {
      setUnreadable(true);
    }
  };
  const save = (form: FormData) =>
    update.mutate(
      { name: text(form, "name"), ...(picture !== undefined && { profileImage: picture }) },
      {
        onSuccess: () => {
          setPicture(undefined);
          toast.success(t`Your profile is saved.`);
        },
      },
    );
  const nameError = fieldError(update.error, "name");
  const pictureError = unreadable ? t`This browser cannot read that file as a picture.` : fieldError(update.error, "profileImage");

  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        save(new FormData(event.currentTarget));
      }}
    >
      <div className="flex items-center gap-4">
        <Avatar name={me.name} image={shown} size={72} />
        {!me.guest && (
          <div className="flex flex-wrap items-center gap-2">
            <input
              id={input}
              type="file"
              accept="image/*"
              className="peer sr-only"
              aria-describedby={`${input}-note`}
              onChange={(event) => {
                void choose(event.target.files?.[0]);
                event.target.value = "";
              }}
            />
            <label htmlFor={input} className="btn btn-sm border-base-300 bg-base-100 font-medium peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-primary">
              {shown ? <Trans>Change picture</Trans> : <Trans>Choose a picture</Trans>}
            </label>
            {shown && (
              <Button size="s" look="quiet" onClick={() => setPicture(null)}>
                <Trans>Remove</Trans>
              </Button>
            )}
            <p id={`${input}-note`} className={pictureError ? "w-full text-sm text-error" : "quiet w-full text-sm"}>
              {pictureError ?? (picture === undefined ? <Trans>The middle square of it is shown.</Trans> : <Trans>Not saved yet.</Trans>)}
            </p>
          </div>
        )}
      </div>
      <TextInput label={<Trans>Name</Trans>} name="name" autoComplete="name" defaultValue={me.name} maxLength={limits?.nameMax} required error={nameError} />
      <FormError message={update.error && !nameError && !pictureError ? messageOf(update.error) : undefined} />
      <Button type="submit" look="primary" className="self-start" busy={update.isPending}>
        <Trans>Save</Trans>
      </Button>
    </form>
  );
}
