/** Loads a page of ours from scratch: nothing of what this one held in memory, or keeps open, is left. */
export const startAnew = (path: string): void => window.location.assign(path);
