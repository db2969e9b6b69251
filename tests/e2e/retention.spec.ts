import { type Browser, expect, type Page, test } from '@playwright/test'
import { meOf, newChannel, post } from '../support/browser-channel.ts'
import { act, alice, ask, bob, closeBrowsers, contextOf, dan, pageOf } from '../support/browser-people.ts'
import { saidLongAgo } from '../support/long-ago.ts'
import { message } from '../support/message.ts'
import { screenshot } from '../support/screenshot.ts'
import { suite } from '../support/suite.ts'

test.afterEach(closeBrowsers)

async function retentionOf(browser: Browser, person: typeof dan): Promise<Page> {
  const page = await (await contextOf(browser, person)).newPage()
  await page.goto(`${suite.console}/retention`)
  return page
}
const runs = (page: Page) => page.getByRole('list', { name: 'Runs' }).getByRole('listitem')

test('dan gives a channel thirty days; what is older goes from the open screens of its members, and from search', async ({
  browser,
}) => {
  test.slow()
  const hers = await contextOf(browser, alice)
  const channel = await newChannel(hers.request, 'watch-log')
  const { id } = await meOf(hers.request)
  await saidLongAgo(channel.id, id, [
    { daysAgo: 80, text: 'Heron seen off the northern mole.' },
    { daysAgo: 45, text: 'Fog until noon.' },
    { daysAgo: 12, text: 'Two seals by the slipway.' },
  ])
  await post(hers.request, channel.id, 'Clear and calm.')
  await hers.close()
  const his = await contextOf(browser, bob)
  await act(his.request, 'conversations.join', { conversation: channel.id })
  await his.close()
  const b = await pageOf(browser, bob, { path: `/c/${channel.id}` })
  await expect(message(b, 'Heron seen')).toBeVisible()

  const page = await retentionOf(browser, dan)
  await test.step('he sees what would go before he saves it', async () => {
    await page.getByRole('button', { name: 'Add a channel' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Find a channel' }).fill(channel.name)
    await dialog.getByRole('button', { name: channel.name }).click()
    await dialog.getByRole('radio', { name: 'Delete after a number of days' }).click()
    await dialog.getByRole('spinbutton', { name: 'Days' }).fill('60')
    await expect(dialog.getByText('1 message', { exact: true })).toBeVisible()
    await dialog.getByRole('spinbutton', { name: 'Days' }).fill('30')
    await expect(dialog.getByText('2 messages', { exact: true })).toBeVisible()
    await screenshot(page, 'console-retention-channel')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()
    await expect(
      page.getByRole('table', { name: 'Channels with a rule' }).getByRole('row', { name: channel.name }),
    ).toContainText('Deleted after 30 days')
  })

  await test.step('he runs it now, and it is gone everywhere', async () => {
    await page.getByRole('button', { name: 'Run now…' }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Remove/ })
      .click()
    await expect(runs(page).first()).toContainText('Done')
    await expect(runs(page).first()).toContainText(/\d messages removed/)
    await screenshot(page, 'console-retention')
    await expect(message(b, 'Heron seen')).toBeHidden()
    await expect(message(b, 'Fog until noon')).toBeHidden()
    await expect(message(b, 'Two seals')).toBeVisible()
    await b.reload()
    await expect(message(b, 'Clear and calm')).toBeVisible()
    await expect(message(b, 'Heron seen')).toHaveCount(0)
  })

  await test.step('the log says so', async () => {
    const owner = await contextOf(browser, dan)
    const { items } = await ask<{ items: { action: string; entity: { name: string } }[] }>(
      owner.request,
      'audit.list',
      {
        filter: { actions: ['retention_policy.changed', 'retention.run_started', 'retention.run_finished'] },
      },
    )
    expect(items.slice(0, 3).map((event) => event.action)).toEqual([
      'retention.run_finished',
      'retention.run_started',
      'retention_policy.changed',
    ])
    expect(items[2]!.entity.name).toBe(channel.name)
    await owner.close()
  })
})

test('a rule for everybody says what it would remove, asks for a word, and can be left alone', async ({
  browser,
}) => {
  const page = await retentionOf(browser, dan)
  const organisation = page.getByRole('region', { name: 'The organisation' })
  await organisation.getByRole('radio', { name: 'Delete after a number of days' }).click()
  await organisation.getByRole('spinbutton', { name: 'Days' }).fill('0')
  await expect(organisation.getByRole('alert')).toContainText('from 1 to')
  await expect(organisation.getByRole('button', { name: 'Save…' })).toBeDisabled()
  await organisation.getByRole('spinbutton', { name: 'Days' }).fill('20000')
  await expect(organisation.getByText('Nothing is that old')).toBeVisible()
  await organisation.getByRole('button', { name: 'Save…' }).click()
  await expect(page.getByRole('dialog', { name: 'Delete messages after 20,000 days?' })).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await organisation.getByRole('button', { name: 'Discard' }).click()
  await expect(organisation.getByRole('radio', { name: 'Keep for ever' })).toBeChecked()
})
