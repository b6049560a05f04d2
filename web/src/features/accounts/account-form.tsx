import type { ReactNode } from "react";

import { messageOf, Refusal } from "@/lib/api/client";
import { BrandMark } from "@/ui/brand";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { FormError } from "@/ui/field";
import { PageTitle } from "@/ui/page";

interface Props {
  title: string;
  children: ReactNode;
  submit: ReactNode;
  busy: boolean;
  error: unknown;
  onSubmit: (form: FormData) => void;
  footer: ReactNode;
  /** Above the form: ways to sign in that need none. */
  otherWays?: ReactNode;
  /** No form at all: this server takes no passwords. */
  closed?: boolean;
}

/** The frame of sign-in and registration. What is wrong with one input stands there; the rest stands here. */
export function AccountForm({ title, children, submit, busy, error, onSubmit, footer, otherWays, closed = false }: Props) {
  const ofOneField = error instanceof Refusal && Object.keys(error.fields).length > 0;
  return (
    <div className="mx-auto flex w-full max-w-sm flex-col px-4 py-12 sm:py-20">
      <PageTitle>{title}</PageTitle>
      <div className="mb-6 flex flex-col items-center gap-3">
        <BrandMark size={40} />
        <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
      </div>
      <Card className="flex flex-col gap-4 p-5 sm:p-6">
        {otherWays}
        {!closed && (
          <form
            className="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              onSubmit(new FormData(event.currentTarget));
            }}
          >
            {children}
            <FormError message={error && !ofOneField ? messageOf(error) : undefined} />
            <Button type="submit" look="primary" busy={busy}>
              {submit}
            </Button>
          </form>
        )}
      </Card>
      {!closed && <p className="quiet mt-5 text-center text-sm">{footer}</p>}
    </div>
  );
}

export function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
