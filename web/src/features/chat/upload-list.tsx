import { Trans, useLingui } from "@lingui/react/macro";
import { Paperclip, X } from "lucide-react";

import { bytes } from "@/lib/format";
import { IconButton } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { Spinner } from "@/ui/spinner";

import type { Uploads } from "./use-uploads";

/** Above the message being written: the files that go with it. */
export function UploadList({ uploads }: { uploads: Uploads }) {
  const { t } = useLingui();
  if (uploads.list.length === 0) return null;
  return (
    <ul aria-label={t`Files to send`} className="flex flex-col gap-1 border-t border-base-300 p-2 text-sm">
      {uploads.list.map(({ key, name, attachment, error }) => (
        <li key={key} data-testid="chat-upload" data-state={error ? "failed" : attachment ? "ready" : "uploading"} className="flex items-center gap-2 rounded-field bg-base-200 py-0.5 pl-2.5">
          {attachment || error ? <Icon of={Paperclip} size={14} className="quiet shrink-0" /> : <Spinner size={14} />}
          <span className="min-w-0 grow">
            <span dir="auto" className="block truncate">
              {name}
            </span>
            {error && (
              <span role="alert" className="block text-xs text-pretty text-error">
                {error}
              </span>
            )}
          </span>
          <span className="quiet shrink-0 text-xs">{attachment ? bytes(attachment.size) : !error && <Trans>Uploading</Trans>}</span>
          <IconButton icon={X} label={t`Remove ${name}`} onClick={() => uploads.remove(key)} />
        </li>
      ))}
    </ul>
  );
}
