import { Trans, useLingui } from "@lingui/react/macro";
import { Download, Paperclip } from "lucide-react";
import { use } from "react";

import { bytes } from "@/lib/format";
import { Icon } from "@/ui/icon";

import { type Attachment, attachmentAddress } from "./api";
import { type KeptFiles, KeptFilesContext } from "./kept-files";

interface Props {
  /** Where they are fetched from. */
  sessionId: string;
  attachments: readonly Attachment[];
}

const WIDEST = 320; // pixels; the panel is hardly wider
const HIGHEST = 240;

/** Pictures are shown, everything else is offered as a download; the server sends nothing else as a picture. */
export function Attachments({ sessionId, attachments }: Props) {
  const kept = use(KeptFilesContext);
  return attachments.map((attachment) => {
    if (kept) return <Kept key={attachment.id} attachment={attachment} kept={kept} />;
    const address = attachmentAddress(sessionId, attachment);
    return isPicture(attachment) ? (
      <PictureLink key={attachment.id} attachment={attachment} address={address} />
    ) : (
      <FileLink key={attachment.id} attachment={attachment} address={address} />
    );
  });
}

type PictureOf = Attachment & { width: number; height: number };
const isPicture = (attachment: Attachment): attachment is PictureOf => attachment.width !== null && attachment.height !== null;

const PICTURE = "my-0.5 block max-w-full overflow-hidden rounded-field border border-base-300 bg-base-100";
const FILE = "my-0.5 flex max-w-full items-center gap-2 rounded-field border border-base-300 bg-base-100 px-2.5 py-1.5";

function PictureLink({ attachment, address }: { attachment: PictureOf; address: string }) {
  const { t } = useLingui();
  const { name } = attachment;
  return (
    <a href={address} target="_blank" rel="noopener noreferrer" data-testid="chat-picture" className={PICTURE} aria-label={t`Picture ${name}, open it`}>
      <Picture attachment={attachment} address={address} />
    </a>
  );
}

/** Its place is kept while it comes, so that nothing jumps. */
function Picture({ attachment: { name, width, height }, address }: { attachment: PictureOf; address: string }) {
  const scale = Math.min(1, WIDEST / width, HIGHEST / height);
  return (
    <img
      src={address}
      alt={name}
      loading="lazy"
      width={Math.round(width * scale)}
      height={Math.round(height * scale)}
      className="block h-auto max-w-full"
    />
  );
}

function FileLink({ attachment, address }: { attachment: Attachment; address: string }) {
  const { t } = useLingui();
  const { name, size } = attachment;
  return (
    <a href={address} download={name} data-testid="chat-file" aria-label={t`Download ${name}, ${bytes(size)}`} className={`${FILE} hover:bg-base-200`}>
      <FileName attachment={attachment} />
      <Icon of={Download} size={14} className="shrink-0" />
    </a>
  );
}

function FileName({ attachment: { name, size } }: { attachment: Attachment }) {
  return (
    <>
      <Icon of={Paperclip} size={14} className="quiet shrink-0" />
      <span dir="auto" className="min-w-0 truncate font-medium">
        {name}
      </span>
      <span className="quiet shrink-0 text-xs">{bytes(size)}</span>
    </>
  );
}

/** What lies in the page is saved by the page: there is no address that it could be opened at. */
function Kept({ attachment, kept }: { attachment: Attachment; kept: KeptFiles }) {
  const { t } = useLingui();
  const { name, size } = attachment;
  const save = () => kept.save(attachment);
  const address = isPicture(attachment) ? kept.picture(attachment) : null;
  if (!kept.has(attachment)) {
    return (
      <p data-testid="chat-file-missing" className={`${FILE} quiet`}>
        <FileName attachment={attachment} />
        <Trans>not kept</Trans>
      </p>
    );
  }
  if (isPicture(attachment) && address !== null) {
    return (
      <button type="button" onClick={save} data-testid="chat-picture" className={`${PICTURE} cursor-pointer`} aria-label={t`Picture ${name}, save it`}>
        <Picture attachment={attachment} address={address} />
      </button>
    );
  }
  return (
    <button type="button" onClick={save} data-testid="chat-file" aria-label={t`Save ${name}, ${bytes(size)}`} className={`${FILE} cursor-pointer hover:bg-base-200`}>
      <FileName attachment={attachment} />
      <Icon of={Download} size={14} className="shrink-0" />
    </button>
  );
}
