import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'

const folder = process.env.PARLEY_SCREENSHOTS

/**
 * Keeps a picture of the page, light and dark, for the documentation: `PARLEY_SCREENSHOTS=docs/screenshots npx playwright
 * test`. Does nothing otherwise, so that a test run leaves no trace.
 */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.screenshot({ animations: 'disabled', path: path.join(folder, `${name}-${colorScheme}.png`) })
  }
  await page.emulateMedia({ colorScheme: 'light' })
}
