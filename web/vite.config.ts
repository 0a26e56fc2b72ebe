import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Designsystemet does not say that its component files are free of side effects; they are, so the unused ones go. */
const componentFiles = /node_modules\/@digdir\/designsystemet-react\//;
const sharedFiles =
  /web\/(kit\/(parts|locale)|customer\/(shell|accounts|payments))\/|@digdir\/designsystemet-react|aksel-icons/;

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    /** Nothing becomes a data: URL, so that the content security policy can name our own origin only. */
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      treeshake: { moduleSideEffects: [{ test: componentFiles, sideEffects: false }] },
      output: {
        /** What two screens share is one file, not one file for each icon. */
        codeSplitting: { groups: [{ name: 'parts', test: sharedFiles, minShareCount: 2 }] },
      },
    },
  },
  server: {
    port: 5173,
    proxy: { '/api': 'http://localhost:3000' },
    fs: { allow: ['..'] },
  },
});
