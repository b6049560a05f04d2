/**
 * How programs of all our languages read what is typed. It need not be exact: one that reads and is not recognised finds
 * its input empty, as ever; one that is recognised and does not read only keeps a place for people who type.
 */
const READS =
  /\b(?:input|raw_input|readline|readlines|readLine|readln|ReadLine|Scanner|scanf|getline|getchar|getch|fgets|gets|getLine|getContents|interact|stdin|STDIN|cin|read|Read|readFileSync|INPUT_STREAM)\b|System\.in\b|<STDIN>|<>|\/dev\/stdin/;

export const readsInput = (source: string): boolean => READS.test(source);
