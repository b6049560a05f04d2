import { Trans, useLingui } from "@lingui/react/macro";
import { Code2, History, type LucideIcon, Play, Video } from "lucide-react";
import type { ReactNode } from "react";

import { useMe } from "@/features/accounts/use-me";
import { ButtonLink } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { PageTitle } from "@/ui/page";

import { Footer } from "./footer";
import { LanguageNames } from "./language-names";
import { RoomPicture } from "./room-picture";

export default function LandingPage() {
  const { t } = useLingui();
  return (
    <div className="mx-auto w-full max-w-6xl px-4 sm:px-6">
      <PageTitle>{t`Technical interviews in the browser`}</PageTitle>
      <section className="flex flex-col items-start pt-14 sm:pt-20">
        <h1 className="max-w-2xl text-4xl font-semibold tracking-tight text-balance sm:text-5xl">
          <Trans>Interview on real code, together</Trans>
        </h1>
        <p className="quiet mt-4 max-w-xl text-lg text-pretty">
          <Trans>
            A shared editor, code that runs, video and chat, all in one page. Send a link: the candidate needs no account
            and installs nothing.
          </Trans>
        </p>
        <Doors />
      </section>
      <RoomPicture />
      <section aria-label={t`What is in it`} className="grid gap-x-10 gap-y-8 py-14 sm:grid-cols-2 sm:py-20 lg:grid-cols-4">
        <Part icon={Code2} title={<Trans>One editor, several keyboards</Trans>}>
          <Trans>Everybody types at once and sees the others’ cursors. A reload or a broken connection loses nothing.</Trans>
        </Part>
        <Part icon={Play} title={<Trans>Code that runs</Trans>}>
          <Trans>
            <LanguageNames />. Output comes as it is printed, and tests judge the answer. Each run is shut in a sandbox of
            its own.
          </Trans>
        </Part>
        <Part icon={Video} title={<Trans>Face to face</Trans>}>
          <Trans>Video and sound go from browser to browser. Share a screen, or take part without a camera.</Trans>
        </Part>
        <Part icon={History} title={<Trans>All of it afterwards</Trans>}>
          <Trans>The final code, the runs and the chat stay with the session, for both sides.</Trans>
        </Part>
      </section>
      <Steps />
      <Footer />
    </div>
  );
}

function Doors() {
  const { me } = useMe();
  return (
    <div className="mt-7 flex min-h-10 flex-wrap gap-3">
      {me ? (
        <ButtonLink to="/dashboard" look="primary">
          <Trans>Go to the dashboard</Trans>
        </ButtonLink>
      ) : (
        <ButtonLink to="/register" look="primary">
          <Trans>Create an account</Trans>
        </ButtonLink>
      )}
      <ButtonLink to="/problems">
        <Trans>Look at the problems</Trans>
      </ButtonLink>
    </div>
  );
}

function Part({ icon, title, children }: { icon: LucideIcon; title: ReactNode; children: ReactNode }) {
  return (
    <div>
      <Icon of={icon} size={20} className="mb-3 text-primary" />
      <h2 className="font-semibold">{title}</h2>
      <p className="quiet mt-1.5 text-pretty">{children}</p>
    </div>
  );
}

function Steps() {
  const steps: { title: ReactNode; text: ReactNode }[] = [
    {
      title: <Trans>Pick a problem</Trans>,
      text: <Trans>Each comes with starter code, examples and tests. Solve it alone first, if you like.</Trans>,
    },
    {
      title: <Trans>Send the link</Trans>,
      text: <Trans>The candidate checks camera and microphone, types a name and is in.</Trans>,
    },
    {
      title: <Trans>Talk, type, run</Trans>,
      text: <Trans>When you end the session, both of you find it under past sessions.</Trans>,
    },
  ];
  return (
    <section className="border-t border-base-300 py-14 sm:py-16">
      <h2 className="text-2xl font-semibold tracking-tight">
        <Trans>How an interview goes</Trans>
      </h2>
      <ol className="mt-6 grid gap-8 sm:grid-cols-3">
        {steps.map(({ title, text }, index) => (
          <li key={index} className="flex gap-4">
            <span aria-hidden className="grid size-8 shrink-0 place-items-center rounded-full border border-base-300 bg-base-100 text-sm font-semibold tabular-nums">
              {index + 1}
            </span>
            <div>
              <h3 className="pt-1 font-semibold">{title}</h3>
              <p className="quiet mt-1 text-pretty">{text}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
