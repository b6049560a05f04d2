import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

import type { Plugin } from "vite";

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

const COMPRESSIBLE = /\.(js|css|html|svg|json|txt|ttf|map)$/;
/** Below this the headers cost more than compression saves. */
const SMALLEST = 1024;
/** Brotli's slowest level takes seconds on Monaco's chunk and saves little over this one. */
const BIG = 1024 * 1024;
const QUALITY_OF_BIG = 9;

/** Puts `.br` and `.gz` beside each built file, so that the server only picks one and never compresses by itself. */
export function compress(): Plugin {
  let folder = "";
  return {
    name: "compress",
    apply: "build",
    configResolved(config) {
      folder = path.resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      const files = await readdir(folder, { recursive: true });
      await Promise.all(files.filter((file) => COMPRESSIBLE.test(file)).map((file) => compressFile(path.join(folder, file))));
    },
  };
}

async function compressFile(file: string): Promise<void> {
  const { size } = await stat(file);
  if (size < SMALLEST) return;
  const content = await readFile(file);
  const quality = size > BIG ? QUALITY_OF_BIG : constants.BROTLI_MAX_QUALITY;
  const [br, gz] = await Promise.all([
    brotli(content, { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: size } }),
    deflate(content, { level: constants.Z_BEST_COMPRESSION }),
  ]);
  await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)]);
}
