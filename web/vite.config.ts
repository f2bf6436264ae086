/** How the sources become the files that the gateway serves. */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const COMPRESSIBLE = /\.(css|html|js|svg)$/;

/** Compress what was written, once and as hard as it goes: the gateway only hands the bytes out. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    // Vite still changes files while it generates them: only what is on the disk is final.
    async writeBundle({ dir }, bundle) {
      if (dir === undefined) throw new Error("The build has no folder to write to.");
      for (const fileName of Object.keys(bundle).filter((name) => COMPRESSIBLE.test(name))) {
        const path = join(dir, fileName);
        const source = await readFile(path);
        const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
        await writeFile(`${path}.br`, brotliCompressSync(source, quality));
        await writeFile(`${path}.gz`, gzipSync(source, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  build: {
    outDir: "../src/entrypoints/web",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
  },
  plugins: [compressed()],
});
