const SECOND = 1000;

/** "4:05", "1:02:09"; what has begun counts as a whole second, so that it is at 0:00 when nothing is left. */
export function clockText(ms: number): string {
  const all = Math.ceil(ms / SECOND);
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor((all % 3600) / 60), all % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** Where in the interview something was: the time since its start, which also counts back to before it. */
export const sinceStart = (at: number, start: string): string => {
  const ms = Math.floor((at - Date.parse(start)) / SECOND) * SECOND;
  return ms < 0 ? `−${clockText(-ms)}` : clockText(ms);
};
