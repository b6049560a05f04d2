import { createHash } from "node:crypto";
import path from "node:path";

import { build, type Plugin, type PluginOption, type Rolldown } from "vite";

/** As `MARK` in `src/interview_platform/replay/export.py`: the session comes here. */
const MARK = "<!--session-->";
const NAME = "replay-file.html";

/**
 * Builds `src/replay-file` beside the app: one page with its script and styles inside, into which the server writes a
 * session. It asks nobody for anything, which its own policy sees to, too.
 */
export function replayFile(plugins: () => PluginOption[]): Plugin {
  let root = "";
  return {
    name: "replay-file",
    apply: "build",
    configResolved(config) {
      root = config.root;
    },
    async generateBundle() {
      this.emitFile({ type: "asset", fileName: NAME, source: page(await parts(root, plugins())) });
    },
  };
}

interface Parts {
  script: string;
  style: string;
}

async function parts(root: string, plugins: PluginOption[]): Promise<Parts> {
  const built = (await build({
    root,
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    plugins: [withoutFonts(), ...plugins],
    resolve: { alias: { "@": path.join(root, "src") }, dedupe: ["yjs", "react", "react-dom"] },
    build: {
      write: false,
      target: "es2023",
      modulePreload: false,
      cssCodeSplit: false,
      chunkSizeWarningLimit: 1500,
      rolldownOptions: { input: path.join(root, "src/replay-file/main.tsx"), output: { codeSplitting: false } },
    },
  })) as Rolldown.RolldownOutput;
  const chunks = built.output.filter((one) => one.type === "chunk");
  const styles = built.output.filter((one) => one.type === "asset" && one.fileName.endsWith(".css"));
  const [script, style] = [chunks[0], styles[0]];
  if (chunks.length !== 1 || built.output.length !== 2 || !script || style?.type !== "asset") {
    throw new Error(`the replay's page must be one script and one style sheet, not ${built.output.map((one) => one.fileName).join(", ")}`);
  }
  return { script: inElement(script.code), style: String(style.source) };
}

/** Files of their own, of which this page can have none: the reader's own fonts do. */
function withoutFonts(): Plugin {
  return {
    name: "without-fonts",
    enforce: "pre",
    transform(code, id) {
      return id.split("?")[0]?.endsWith("app.css") ? code.replaceAll(/^@import "@fontsource.*$/gm, "") : undefined;
    },
  };
}

/** In a script these mean the same, and end no element. */
const inElement = (code: string): string => code.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");

/** A picture that does not stand in the style sheet itself. */
const FILE = /url\((?!["']?(?:data:|#))/;

function page({ script, style }: Parts): string {
  if (style.includes("</style") || FILE.test(style)) throw new Error("the style sheet asks for files, or ends its element");
  const hash = createHash("sha256").update(script).digest("base64");
  const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Replay</title>
<style>${style}</style>
<!-- It runs when the page is there; of a file that was cut off it can still say so. -->
<script type="module">${script}</script>
</head>
<body>
<div id="root"></div>
<noscript>This replay needs JavaScript.</noscript>
${MARK}
</body>
</html>
`;
}
