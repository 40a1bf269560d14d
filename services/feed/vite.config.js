import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';

/** Compressed once here rather than for every request; the server picks by Accept-Encoding. */
const compressed = {
  name: 'compressed',
  async writeBundle({ dir }) {
    for (const file of await readdir(dir, { recursive: true })) {
      if (!/\.(js|css|html|svg)$/.test(file)) continue;
      const content = await readFile(path.join(dir, file));
      await writeFile(path.join(dir, `${file}.gz`), gzipSync(content, { level: 9 }));
      await writeFile(path.join(dir, `${file}.br`), brotliCompressSync(content));
    }
  },
};

export default defineConfig({
  root: path.join(import.meta.dirname, 'src/console'),
  plugins: [compressed],
  build: {
    outDir: path.join(import.meta.dirname, 'dist/console'),
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy has no data: URLs and no inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
