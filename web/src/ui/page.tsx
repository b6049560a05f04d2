import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";

import { classes } from "@/lib/classes";

/** The title in the browser's tab; every page sets one. */
export function PageTitle({ children }: { children: string }) {
  return <title>{`${children} · Interview Platform`}</title>;
}

interface PageProps {
  title: string;
  /** Under the title, in one sentence. */
  lead?: ReactNode;
  /** Beside the title. */
  actions?: ReactNode;
  children: ReactNode;
  narrow?: boolean;
}

/** A page of reading and lists (the places of work fill the window instead). */
export function Page({ title, lead, actions, children, narrow = false }: PageProps) {
  return (
    <div className={classes("mx-auto w-full px-4 py-8 sm:px-6 sm:py-10", narrow ? "max-w-2xl" : "max-w-6xl")}>
      <PageTitle>{title}</PageTitle>
      <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div>
          <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
          {lead && <p className="quiet mt-1 text-pretty">{lead}</p>}
        </div>
        {actions}
      </header>
      {children}
    </div>
  );
}

export function SkipLink() {
  return (
    <a href="#main" className="skip-link">
      <Trans>Skip to the content</Trans>
    </a>
  );
}
