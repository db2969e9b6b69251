import { expect } from '@playwright/test'
import { newChannel, post } from '../../support/browser-channel.ts'
import { act, alice, bob, closeBrowsers, contextOf, pageOf } from '../../support/browser-people.ts'
import { withLateFrames } from '../../support/late-frames.ts'
import { message } from '../../support/message.ts'
import { test } from '../../support/web-test.ts'

test.afterEach(closeBrowsers)

/** More than are ever drawn at once. */
const many = 240

test('whoever rests at the end stays there when the window narrows and rows grow', async ({ browser }) => {
  const hers = await contextOf(browser, alice)
  const channel = await newChannel(hers.request, 'quay')
  const words = 'A line that is long enough to be broken as soon as something is opened beside it. '
  for (let n = 1; n <= 30; n++) await post(hers.request, channel.id, words.repeat(2))
  const { message: last } = await post(hers.request, channel.id, 'The last of them.')
  const his = await contextOf(browser, bob)
  await act(his.request, 'conversations.join', { conversation: channel.id })
  const page = await his.newPage()
  await page.goto(`/c/${channel.id}`)
  const row = message(page, 'The last of them.')
  await expect(row).toBeInViewport({ ratio: 1 })
  await page.waitForTimeout(1_500) // reading
  await page.keyboard.press('ControlOrMeta+Shift+f')
  await expect(page.getByRole('complementary', { name: 'Search' })).toBeVisible()
  await page.waitForTimeout(500)
  await expect(row).toBeInViewport({ ratio: 1 })
  await page.waitForTimeout(2_000)
  await post(hers.request, channel.id, 'Is it?', last)
  await expect(row.getByRole('link', { name: /1 reply/ })).toBeInViewport({ ratio: 1 })
  await page.waitForTimeout(500)
  await expect(row).toBeInViewport({ ratio: 1 })
})

test.describe('a long history', () => {
  let path: string
  let channel: { id: string; name: string }

  test.beforeAll(async ({ browser }) => {
    const context = await contextOf(browser, alice)
    channel = await newChannel(context.request, 'almanac', { purpose: 'What happened, day by day.' })
    for (let n = 1; n <= many; n++) await post(context.request, channel.id, `Entry number ${n}.`)
    await context.close()
    const his = await contextOf(browser, bob)
    await act(his.request, 'conversations.join', { conversation: channel.id })
    await his.close()
    path = `/c/${channel.id}`
  })

  test('opens at its end when all is read, and draws only what can be seen', async ({ browser }) => {
    const page = await pageOf(browser, bob, { path })
    await expect(message(page, `Entry number ${many}.`)).toBeInViewport()
    expect(await page.getByRole('log').getByRole('article').count()).toBeLessThan(many / 3)
  })

  test('opens at the first unread message, under a line', async ({ browser }) => {
    const his = await contextOf(browser, bob)
    await act(his.request, 'messages.markRead', { conversation: channel.id, seq: 100, back: true })
    await his.close()
    const page = await pageOf(browser, bob, { path })
    await expect(message(page, 'Entry number 101.')).toBeInViewport()
    await expect(page.getByText('New', { exact: true })).toBeInViewport()
    await expect(page.getByRole('button', { name: `${many - 100} new messages` })).toBeVisible()
    await page.getByRole('button', { name: `${many - 100} new messages` }).click()
    await expect(message(page, `Entry number ${many}.`)).toBeInViewport()
    await expect(page.getByRole('navigation').getByRole('link', { name: channel.name })).not.toContainText(
      'unread',
    )
  })

  test('leads to its beginning and back by one key each', async ({ browser }) => {
    const page = await pageOf(browser, bob, { path })
    await expect(message(page, `Entry number ${many}.`)).toBeInViewport()
    await page.keyboard.press('Home')
    await expect(message(page, 'Entry number 1.')).toBeInViewport()
    await expect(page.getByText('What happened, day by day.')).toBeVisible()
    await page.keyboard.press('End')
    await expect(message(page, `Entry number ${many}.`)).toBeInViewport()
  })

  test('whoever turns back on the way to the present stays at the beginning, however late its messages come', async ({
    browser,
  }) => {
    const context = await contextOf(browser, bob)
    const page = await context.newPage()
    const messages = await withLateFrames(page, 'messages')
    await page.goto(`${path}/m/1`)
    await expect(message(page, 'Entry number 1.')).toBeInViewport()
    messages.begin()
    await page.getByRole('button', { name: 'Jump to the present' }).click()
    await page.keyboard.press('Home')
    await page.waitForTimeout(1_500)
    await expect(message(page, 'Entry number 1.')).toBeInViewport()
  })

  test('scrolls by wheel to its first message, without a gap', async ({ browser }) => {
    const page = await pageOf(browser, bob, { path })
    await expect(message(page, `Entry number ${many}.`)).toBeInViewport()
    await page.getByRole('log').hover()
    await expect(async () => {
      await page.mouse.wheel(0, -4_000)
      await expect(message(page, 'Entry number 1.')).toBeInViewport({ timeout: 200 })
    }).toPass()
    const shown = await page.getByRole('log').getByRole('article').allInnerTexts()
    const numbers = shown.map((text) => Number(/Entry number (\d+)/.exec(text)?.[1]))
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index))
  })

  test('jumps to a day', async ({ browser }) => {
    const page = await pageOf(browser, bob, { path })
    await page.getByRole('button', { name: 'More about this conversation' }).click()
    await page.getByRole('menuitem', { name: /Jump to a day/ }).click()
    await page.getByLabel('A day').fill(new Date().toISOString().slice(0, 10))
    await page.getByRole('button', { name: 'Jump to the day' }).click()
    await expect(message(page, 'Entry number 1.')).toBeInViewport()
  })

  test('what arrives does not move what is being read', async ({ browser }) => {
    const page = await pageOf(browser, bob, { path: `${path}/m/60` })
    const row = message(page, 'Entry number 60.')
    await expect(row).toBeInViewport()
    const hers = await contextOf(browser, alice)
    await page.getByRole('log').hover()
    await page.mouse.wheel(0, 60)
    // While it scrolls, too.
    await post(hers.request, channel.id, 'Something new at the end.')
    await expect(page.getByRole('button', { name: '1 new message' })).toBeVisible()
    const before = await row.boundingBox()
    await post(hers.request, channel.id, 'And one more.')
    await expect(page.getByRole('button', { name: '2 new messages' })).toBeVisible()
    expect(await row.boundingBox()).toEqual(before)
    await hers.close()
  })

  test('search finds a word and leads to it among the others', async ({ browser }) => {
    const hers = await contextOf(browser, alice)
    const { message: root } = await post(
      hers.request,
      channel.id,
      `The pelican has landed on the roof of ${channel.name}.`,
    )
    await post(hers.request, channel.id, `A pelikan, you mean? Or a marabou, in ${channel.name}?`, root)
    await hers.close()
    const page = await pageOf(browser, bob, { path })
    await page.keyboard.press('ControlOrMeta+Shift+F')
    const panel = page.getByRole('complementary', { name: 'Search' })
    const field = panel.getByRole('searchbox', { name: 'Search messages' })
    const search = async (words: string, found: string) => {
      await field.fill(words)
      await expect(panel.getByRole('link').filter({ hasText: found })).toBeVisible({ timeout: 20_000 })
    }
    await expect(async () => {
      await field.fill('')
      await search('pelican land', `landed on the roof of ${channel.name}`)
    }).toPass()
    await expect(panel.locator('mark').first()).toHaveText('pelican')
    await panel
      .getByRole('link')
      .filter({ hasText: `landed on the roof of ${channel.name}` })
      .click()
    await expect(message(page, `The pelican has landed on the roof of ${channel.name}.`)).toBeInViewport()

    await search(`marabou in:${channel.name}`, 'A pelikan, you mean?')
    await panel.getByRole('link').filter({ hasText: 'A pelikan, you mean?' }).click()
    const thread = page.getByRole('complementary', { name: 'Thread' })
    await expect(thread.getByRole('article').filter({ hasText: 'marabou' })).toBeInViewport()
  })
})
