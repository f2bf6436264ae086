/** How the sources become the files that the gateway serves. */

import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const COMPRESSIBLE = /\.(css|html|js|svg)$/;

/** Compress once, at the build, as hard as it goes: the gateway only hands the bytes out. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    enforce: "post",
    generateBundle(_, bundle) {
      for (const [fileName, file] of Object.entries(bundle)) {
        if (!COMPRESSIBLE.test(fileName)) continue;
        const source = Buffer.from(file.type === "chunk" ? file.code : file.source);
        const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
        this.emitFile({
          type: "asset",
          fileName: `${fileName}.br`,
          source: brotliCompressSync(source, quality),
        });
        this.emitFile({
          type: "asset",
          fileName: `${fileName}.gz`,
          source: gzipSync(source, { level: 9 }),
        });
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
  server: {
    proxy: Object.fromEntries(
      ["/signup", "/login", "/logout", "/token", "/me", "/emporia-auth", "/devices"].map((path) => [
        path,
        "http://127.0.0.1:3000",
      ]),
    ),
  },
});
