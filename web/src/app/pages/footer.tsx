import { Trans } from "@lingui/react/macro";

import { useConfig } from "@/lib/config";

export function Footer() {
  const version = useConfig()?.version;
  return (
    <footer className="quiet flex flex-wrap justify-between gap-x-6 gap-y-2 border-t border-base-300 py-6 text-sm">
      <p>
        <Trans>Runs on your own server, from one command. Free software under the ISC licence.</Trans>
      </p>
      <p className="flex gap-4">
        <a href="/api/docs" className="link">
          <Trans>API</Trans>
        </a>
        <span className="min-w-20 text-end">{version && <Trans>Version {version}</Trans>}</span>
      </p>
    </footer>
  );
}
