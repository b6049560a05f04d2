import { classes } from "@/lib/classes";

interface Props {
  name: string;
  image?: string | null | undefined;
  /** Index into the palette (0-7), as a room gives it; without one it follows from the name. */
  color?: number;
  size?: number;
  className?: string;
}

const COLORS = 8;

/** A person's picture, or initials on their colour. The name stands beside it, so it is not read out. */
export function Avatar({ name, image, color, size = 28, className }: Props) {
  const index = (color ?? hash(name)) % COLORS;
  return (
    <span
      aria-hidden
      className={classes("inline-grid shrink-0 place-items-center overflow-hidden rounded-full font-semibold select-none", className)}
      style={{
        width: size,
        height: size,
        fontSize: size * 0.38,
        background: `var(--person-${index})`,
        color: "var(--person-ink)",
      }}
    >
      {image ? <img src={image} alt="" width={size} height={size} className="size-full object-cover" /> : initials(name)}
    </span>
  );
}

/** First letters of the first and the last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => firstLetter(word ?? "")).join("").toLocaleUpperCase();
}

/** What a reader takes for one letter, also where it is several code points. */
function firstLetter(word: string): string {
  const [first] = new Intl.Segmenter().segment(word);
  return first?.segment ?? "";
}

function hash(text: string): number {
  let value = 0;
  for (const char of text) value = (value * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return value;
}
