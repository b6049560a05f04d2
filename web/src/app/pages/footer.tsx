import { Trans } from "@lingui/react/macro";

import { Link } from "react-router";

import { useConfig } from "@/lib/config";

export function Footer() {
  const version = useConfig()?.version;
  return (
    <footer className="quiet flex flex-wrap justify-between gap-x-6 gap-y-2 border-t border-base-300 py-6 text-sm">
      <p>
        <Trans>Runs on your own server, from one command. Free software under the ISC licence.</Trans>
      </p>
      <p className="flex flex-wrap gap-x-4 gap-y-2">
        <Link to="/check" className="link">
          <Trans>Test your connection</Trans>
        </Link>
        <a href="/api/docs" className="link">
          <Trans>API</Trans>
        </a>
        <span className="min-w-20 text-end">{version && <Trans>Version {version}</Trans>}</span>
      </p>
    </footer>
  );
}
