/** Messages as people read them: by day, and what one person said in one go together. */

export interface Said {
  id: string;
  personId: string;
  name: string;
  createdAt: string;
}

export interface Group<M extends Said> {
  key: string;
  personId: string;
  name: string;
  at: string;
  messages: M[];
}

export interface Day<M extends Said> {
  /** Midnight of the reader's day. */
  start: Date;
  groups: Group<M>[];
}

/** After a longer silence the name and the time are said again. */
const ONE_GO_MS = 5 * 60_000;

export function byDay<M extends Said>(messages: readonly M[]): Day<M>[] {
  const days: Day<M>[] = [];
  let previous: M | null = null;
  for (const message of messages) {
    const start = midnight(message.createdAt);
    let day = days.at(-1);
    if (day?.start.getTime() !== start.getTime()) {
      day = { start, groups: [] };
      days.push(day);
    }
    const group = day.groups.at(-1);
    if (group && previous && continues(previous, message)) group.messages.push(message);
    else {
      const { id, personId, name, createdAt } = message;
      day.groups.push({ key: id, personId, name, at: createdAt, messages: [message] });
    }
    previous = message;
  }
  return days;
}

function continues(previous: Said, next: Said): boolean {
  return previous.personId === next.personId && Date.parse(next.createdAt) - Date.parse(previous.createdAt) < ONE_GO_MS;
}

function midnight(at: string): Date {
  const day = new Date(at);
  day.setHours(0, 0, 0, 0);
  return day;
}

/** Whole days from `start` to now: 0 is today, 1 yesterday. */
export function daysAgo(start: Date, now = new Date()): number {
  return Math.round((midnight(now.toISOString()).getTime() - start.getTime()) / 86_400_000);
}
