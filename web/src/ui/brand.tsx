interface Props {
  size?: number;
}

/** Our mark: two people at one piece of code. */
export function BrandMark({ size = 26 }: Props) {
  const stroke = { fill: "none", strokeWidth: 2.8, strokeLinecap: "round", strokeLinejoin: "round" } as const;
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden className="shrink-0">
      <rect width="32" height="32" rx="8" fill="#0f5c55" />
      <path d="M12.5 9.5 6.5 16l6 6.5" stroke="#fff" {...stroke} />
      <path d="m19.5 9.5 6 6.5-6 6.5" stroke="#f4b860" {...stroke} />
    </svg>
  );
}
