import { useLingui } from "@lingui/react/macro";
import { Download, Paperclip } from "lucide-react";

import { bytes } from "@/lib/format";
import { Icon } from "@/ui/icon";

import { type Attachment, attachmentAddress } from "./api";

interface Props {
  /** Where they are fetched from. */
  sessionId: string;
  attachments: readonly Attachment[];
}

const WIDEST = 320; // pixels; the panel is hardly wider
const HIGHEST = 240;

/** Pictures are shown, everything else is offered as a download; the server sends nothing else as a picture. */
export function Attachments({ sessionId, attachments }: Props) {
  return attachments.map((attachment) =>
    attachment.width !== null && attachment.height !== null ? (
      <Picture key={attachment.id} attachment={attachment} address={attachmentAddress(sessionId, attachment)} width={attachment.width} height={attachment.height} />
    ) : (
      <FileLink key={attachment.id} attachment={attachment} address={attachmentAddress(sessionId, attachment)} />
    ),
  );
}

interface OneProps {
  attachment: Attachment;
  address: string;
}

/** Its place is kept while it comes, so that nothing jumps. */
function Picture({ attachment, address, width, height }: OneProps & { width: number; height: number }) {
  const { t } = useLingui();
  const { name } = attachment;
  const scale = Math.min(1, WIDEST / width, HIGHEST / height);
  return (
    <a href={address} target="_blank" rel="noopener noreferrer" data-testid="chat-picture" className="my-0.5 block max-w-full overflow-hidden rounded-field border border-base-300 bg-base-100" aria-label={t`Picture ${name}, open it`}>
      <img
        src={address}
        alt={name}
        loading="lazy"
        width={Math.round(width * scale)}
        height={Math.round(height * scale)}
        className="block h-auto max-w-full"
      />
    </a>
  );
}

function FileLink({ attachment, address }: OneProps) {
  const { t } = useLingui();
  const { name, size } = attachment;
  return (
    <a
      href={address}
      download={name}
      data-testid="chat-file"
      aria-label={t`Download ${name}, ${bytes(size)}`}
      className="my-0.5 flex max-w-full items-center gap-2 rounded-field border border-base-300 bg-base-100 px-2.5 py-1.5 hover:bg-base-200"
    >
      <Icon of={Paperclip} size={14} className="quiet shrink-0" />
      <span dir="auto" className="min-w-0 truncate font-medium">
        {name}
      </span>
      <span className="quiet shrink-0 text-xs">{bytes(size)}</span>
      <Icon of={Download} size={14} className="shrink-0" />
    </a>
  );
}
