import { useLingui } from "@lingui/react/macro";
import { uuidv4 } from "lib0/random";

import { messageOf } from "@/lib/api/client";
import { useConfig } from "@/lib/config";
import { bytes } from "@/lib/format";

import { type Attachment, uploadAttachment } from "./api";
import { useKept } from "./use-kept";

export interface Upload {
  key: string;
  name: string;
  /** There once it has arrived. */
  attachment?: Attachment;
  /** Why it did not. */
  error?: string;
}

export interface Uploads {
  list: readonly Upload[];
  /** Some are still on their way. */
  busy: boolean;
  /** As many as a message may have. */
  full: boolean;
  add: (files: Iterable<File>) => void;
  remove: (key: string) => void;
  /** Those that have arrived; they are the message's now. */
  take: () => Attachment[];
}

const NONE: readonly Upload[] = [];

/** Files for the message being written: each is brought to the server as soon as it is chosen, also while the chat is out of sight. */
export function useUploads(sessionId: string): Uploads {
  const { t } = useLingui();
  const [list, setList] = useKept<readonly Upload[]>(["chat-uploads", sessionId], NONE);
  const limits = useConfig()?.limits;
  const most = limits?.attachmentsMax ?? 1;
  const largest = limits?.attachmentMax ?? Infinity;

  const change = (key: string, more: Partial<Upload>) => setList((now) => now.map((one) => (one.key === key ? { ...one, ...more } : one)));
  const bring = async (key: string, file: File): Promise<void> => {
    try {
      change(key, { attachment: await uploadAttachment(sessionId, file) });
    } catch (error) {
      change(key, { error: messageOf(error) });
    }
  };
  const add = (files: Iterable<File>) => {
    const given = [...files].slice(0, Math.max(0, most - list.length)).map((file) => ({ file, key: uuidv4() }));
    const fits = ({ size }: File) => size <= largest;
    const tooLarge = t`Too large: at most ${bytes(largest)}.`;
    setList((now) => [...now, ...given.map(({ file, key }) => ({ key, name: file.name, ...(fits(file) ? {} : { error: tooLarge }) }))]);
    for (const { file, key } of given) if (fits(file)) void bring(key, file);
  };

  return {
    list,
    busy: list.some(({ attachment, error }) => !attachment && !error),
    full: list.length >= most,
    add,
    remove: (key) => setList((now) => now.filter((one) => one.key !== key)),
    take: () => {
      setList((now) => now.filter(({ attachment }) => !attachment));
      return list.flatMap(({ attachment }) => attachment ?? []);
    },
  };
}
