import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))

export default defineConfig({
  resolve: {
    alias: { '@': root.replace(/\/$/, ''), 'server-only': fileURLToPath(new URL('node_modules/server-only/empty.js', import.meta.url)) },
  },
  test: { include: ['{lib,bench,components,scripts,app}/**/*.test.{ts,tsx}'], testTimeout: 60_000, hookTimeout: 60_000 },
})
