import { useLingui } from "@lingui/react/macro";

import { useTheme } from "@/lib/theme";

/** A real room in the theme in force; `scripts/pictures.py` takes it anew. */
export function RoomPicture() {
  const { t } = useLingui();
  return (
    <img
      src={`/pictures/room-${useTheme()}.webp`}
      alt={t`An interview: the problem on the left, the shared editor with two cursors and the passed tests in the middle, the call and the chat on the right.`}
      width={1440}
      height={900}
      fetchPriority="high"
      className="mt-12 h-auto w-full rounded-box border border-base-300 shadow-[0_24px_60px_-28px_oklch(0%_0_0/0.35)]"
    />
  );
}
