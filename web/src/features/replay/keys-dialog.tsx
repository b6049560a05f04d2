import { Trans } from "@lingui/react/macro";

import { Dialog } from "@/ui/dialog";

import { KEYS } from "./keys";

export function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title={<Trans>Keys of the replay</Trans>}>
      <p className="quiet mb-3 text-sm">
        <Trans>They work while the focus is in the replay.</Trans>
      </p>
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-1.5 text-sm">
        {KEYS.filter(({ shown }) => shown).map(({ shown, does }) => (
          <div key={shown} className="contents">
            <dt>
              <kbd className="kbd kbd-sm">{shown}</kbd>
            </dt>
            <dd>{does()}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
