import type { Locator, Page } from '@playwright/test'

/** The messages that say this, in the conversation that the page shows. */
export const message = (page: Page, text: string): Locator =>
  page.getByRole('log').getByRole('article').filter({ hasText: text })
