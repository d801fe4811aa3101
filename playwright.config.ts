import { defineConfig } from '@playwright/test'
import { findChromium } from './scripts/tests/chromium'

const executablePath = findChromium() ?? undefined
const asRoot = process.getuid?.() === 0

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/browser',
  globalSetup: './e2e/world/shared.ts',
  workers: 2,
  // These limits only end a test that hangs: no test depends on the speed of the machine.
  timeout: 600_000,
  expect: { timeout: 120_000 },
  forbidOnly: true,
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    // Colours have their final values at once; and drawn without a graphics card, placeholders that pulse cost as much as the page itself.
    contextOptions: { reducedMotion: 'reduce' },
    // A trace makes each test three to five times slower; `--trace on` takes one by hand.
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath,
      chromiumSandbox: !asRoot,
      args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-gpu'],
    },
  },
})
