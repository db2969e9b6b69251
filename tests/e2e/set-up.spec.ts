import { expect, test } from '@playwright/test'
import { dan, organisation } from '../support/browser-people.ts'

test('the first visit creates the owner, who begins in the first channel', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Set up Parley' })).toBeVisible()
  await page.getByLabel('Name of the organisation').fill(organisation)
  await page.getByLabel('Your name').fill(dan.name)
  await page.getByLabel('E-mail address').fill(dan.email)
  const password = page.getByLabel('Password', { exact: true })

  await password.fill('short')
  await page.getByRole('button', { name: 'Create the organisation' }).click()
  await expect(page.getByText(/at least 12 characters/i)).toBeVisible()
  await expect(password).toBeFocused()

  await password.fill(dan.password)
  await page.getByRole('button', { name: 'Create the organisation' }).click()
  await expect(page.getByRole('heading', { name: 'general', level: 1 })).toBeVisible()
  await page.getByRole('textbox', { name: 'Message #general' }).fill('Hello, whoever comes.')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('article').filter({ hasText: 'Hello, whoever comes.' })).toBeVisible()

  await page.goto('/set-up')
  await page.getByLabel('Name of the organisation').fill('Mallory’s')
  await page.getByLabel('Your name').fill('Mallory')
  await page.getByLabel('E-mail address').fill('mallory@elsewhere.example')
  await password.fill('mallory wants to own this too')
  await page.getByRole('button', { name: 'Create the organisation' }).click()
  await expect(page.getByRole('alert').filter({ hasText: /set up already/ })).toBeVisible()
})
