/** The app's colours (app.css) as both editors take them, in hexadecimal. Text reaches AA on its background. */
export interface Palette {
  paper: string;
  raised: string;
  line: string;
  ink: string;
  quiet: string;
  primary: string;
  error: string;
  currentLine: string;
  selection: string;
  comment: string;
  keyword: string;
  string: string;
  number: string;
  type: string;
  punctuation: string;
  regexp: string;
}

export const DAY: Palette = {
  paper: "#fdfdfc",
  raised: "#f4f4f1",
  line: "#e0e0db",
  ink: "#172426",
  quiet: "#6b7678",
  primary: "#045954",
  error: "#a72724",
  currentLine: "#f4f6f4",
  selection: "#b3e3dd",
  comment: "#5c6d6b",
  keyword: "#603b93",
  string: "#196632",
  number: "#a14206",
  type: "#006469",
  punctuation: "#415052",
  regexp: "#a52836",
};

export const NIGHT: Palette = {
  paper: "#141c1e",
  raised: "#0c1315",
  line: "#293235",
  ink: "#dfe6e6",
  quiet: "#7d898b",
  primary: "#66c8bb",
  error: "#f38d85",
  currentLine: "#1b2326",
  selection: "#1d4b48",
  comment: "#8a9e9e",
  keyword: "#c6a0f2",
  string: "#8fd89e",
  number: "#f9b379",
  type: "#83d5d4",
  punctuation: "#adbabc",
  regexp: "#f7958d",
};
