import { expect, test } from '@playwright/test'
import { meOf, newChannel, post } from '../support/browser-channel.ts'
import { act, alice, bob, closeBrowsers, contextOf, dan, pageOf } from '../support/browser-people.ts'
import { screenshot } from '../support/screenshot.ts'
import { suite } from '../support/suite.ts'

test.afterEach(closeBrowsers)

test('bob chooses what he is told of', async ({ browser }) => {
  const page = await pageOf(browser, bob)
  const open = async () => {
    await page.getByRole('button', { name: `${bob.name}: profile and settings` }).click()
    await page.getByRole('menuitem', { name: 'Notifications' }).click()
  }
  await open()
  await expect(page.getByRole('dialog').getByText(/Push is not set up/)).toBeVisible()
  await page.getByRole('radio', { name: 'Direct messages and mentions of me' }).click()
  await screenshot(page, 'web-notifications')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await open()
  await expect(page.getByRole('radio', { name: 'Direct messages and mentions of me' })).toBeChecked()
  await page.getByRole('radio', { name: /Everything/ }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('dan sees what waits to be told, and by which way it would go', async ({ browser }) => {
  const hers = await contextOf(browser, alice)
  const his = await contextOf(browser, bob)
  const channel = await newChannel(hers.request, 'desk')
  await act(his.request, 'conversations.join', { conversation: channel.id })
  const { id } = await meOf(his.request)
  await post(hers.request, channel.id, `<@${id}> have you seen it?`)

  const page = await (await contextOf(browser, dan)).newPage()
  await page.goto(`${suite.console}/notifications`)
  await expect(page.getByText(/Push is not set up/)).toBeVisible()
  await expect(page.getByText(/[1-9]\d* still waiting/)).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('table', { name: 'Jobs' }).getByText('notification.deliver')).toBeVisible()
  await expect(page.getByText('Nothing went wrong')).toBeVisible()
  await screenshot(page, 'console-notifications')
})
