import { tmpdir } from 'node:os'
import path from 'node:path'
import { defineConfig } from '@playwright/test'
import { chromiumArgs } from './tests/support/proxy.ts'
import type { WebOptions } from './tests/support/web-test.ts'

/** The suite under test has ports and data of its own; the workers read them from the environment. */
process.env.PARLEY_PORT ??= String(21_000 + Math.floor(Math.random() * 800) * 10)
process.env.PARLEY_HOME ??= path.join(tmpdir(), `parley-e2e-${process.env.PARLEY_PORT}`)
const port = Number(process.env.PARLEY_PORT)
/** The last of the ten that the suite counts from its first. */
const proxyPort = port + 9
process.env.PARLEY_PROXY_PORT = String(proxyPort)

const launchOptions = {
  executablePath: process.env.PARLEY_CHROMIUM ?? '/usr/bin/chromium',
  args: [
    // the sandbox needs privileges that a test machine may not give; what is opened is ours alone
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
}

export default defineConfig<WebOptions>({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  globalSetup: ['./tests/support/start-suite.ts', './tests/support/start-proxy.ts'],
  workers: 1,
  fullyParallel: false,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  // Whoever comes first sets everything up: that is a test, too, and all others begin after it.
  projects: [
    { name: 'set-up', testMatch: 'set-up.spec.ts' },
    { name: 'suite', testIgnore: 'set-up.spec.ts', dependencies: ['set-up'] },
    // The same once more from a network that lets no WebSocket through.
    {
      name: 'polling',
      testMatch: 'web/*.spec.ts',
      // one has networks of its own, the other imports what can be imported once
      testIgnore: 'web/{blocked,real-export}.spec.ts',
      dependencies: ['set-up'],
      use: {
        transport: 'poll',
        launchOptions: { ...launchOptions, args: [...launchOptions.args, ...chromiumArgs(proxyPort)] },
      },
    },
  ],
  use: {
    baseURL: `http://localhost:${port}`,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    timezoneId: 'UTC',
    launchOptions,
  },
})
