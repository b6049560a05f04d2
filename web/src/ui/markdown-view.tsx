import ReactMarkdown, { type Components, defaultUrlTransform } from "react-markdown";
import remarkGfm from "remark-gfm";

const LINK = /^(https?:|mailto:|#|\/)/i;

const components: Components = {
  a: ({ href, children }) =>
    href ? (
      <a href={href} rel="noopener noreferrer nofollow" target="_blank">
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  // A picture from elsewhere would tell its server who reads; the page's CSP refuses it anyway.
  img: ({ alt }) => <span>{alt}</span>,
  // A wide table scrolls in its own box, reachable by keyboard.
  table: ({ children }) => (
    <div className="markdown-scroll">
      <table>{children}</table>
    </div>
  ),
};

const safeUrl = (url: string) => (LINK.test(url) ? defaultUrlTransform(url) : "");
/** Two spaces before a line break make it hard; code keeps its lines anyway. */
const hardBreaks = (text: string) => text.replace(/([^\n])\n(?=[^\n])/g, "$1  \n");

interface Props {
  text: string;
  breaks: boolean;
}

export default function MarkdownView({ text, breaks }: Props) {
  return (
    <ReactMarkdown remarkPlugins={[remarkGfm]} components={components} urlTransform={safeUrl} skipHtml>
      {breaks ? hardBreaks(text) : text}
    </ReactMarkdown>
  );
}
