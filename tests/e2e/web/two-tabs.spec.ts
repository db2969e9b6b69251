import { expect, type Page } from '@playwright/test'
import { newChannel } from '../../support/browser-channel.ts'
import { act, alice, bob, closeBrowsers, contextOf } from '../../support/browser-people.ts'
import { message } from '../../support/message.ts'
import { withTunnel } from '../../support/tunnel.ts'
import { test } from '../../support/web-test.ts'

test.afterEach(closeBrowsers)

const waiting = (page: Page, text: string) => page.locator('[data-pending]').filter({ hasText: text })

test('what two tabs wrote without a connection is kept by both, and each arrives once', async ({
  browser,
}) => {
  const hers = await contextOf(browser, alice)
  const channel = await newChannel(hers.request, 'twins')
  const his = await contextOf(browser, bob)
  await act(his.request, 'conversations.join', { conversation: channel.id })

  const tunnel = await withTunnel(hers)
  const tab = async () => {
    const page = await hers.newPage()
    await page.goto(`/c/${channel.id}`)
    await expect(page.getByRole('textbox', { name: `Message #${channel.name}` })).toBeVisible()
    return page
  }
  const write = async (page: Page, text: string) => {
    const box = page.getByRole('textbox', { name: `Message #${channel.name}` })
    await box.fill(text)
    await page.keyboard.press('Enter')
    await expect(waiting(page, text)).toBeVisible()
  }
  const [left, right] = [await tab(), await tab()]
  tunnel.enter()
  await write(left, 'From the left.')
  await write(right, 'From the right.')
  await write(left, 'More from the left.')
  // what each has written is stored a moment later
  await expect
    .poll(() =>
      left.evaluate(async () => {
        const name = (await indexedDB.databases()).find((one) => one.name?.startsWith('parley-'))!.name!
        const asked = indexedDB.open(name)
        await new Promise((resolve) => {
          asked.onsuccess = resolve
        })
        const counted = asked.result.transaction('outbox').objectStore('outbox').count()
        await new Promise((resolve) => {
          counted.onsuccess = resolve
        })
        asked.result.close()
        return counted.result
      }),
    )
    .toBe(3)
  // one tab is closed for good: the other takes over what it left
  await left.close()
  await expect(waiting(right, 'More from the left.')).toBeVisible({ timeout: 20_000 })
  await right.reload()
  tunnel.leave()

  const b = await his.newPage()
  await b.goto(`/c/${channel.id}`)
  for (const text of ['From the left.', 'More from the left.', 'From the right.'])
    await expect(message(b, text).first()).toBeVisible({ timeout: 40_000 })
  const said = await message(b, 'From the').or(message(b, 'More from')).allInnerTexts()
  const all = said.join('\n')
  for (const text of ['More from the left.', 'From the right.', 'From the left.'])
    expect(all.split(text)).toHaveLength(2)
})

test('what a version before had kept is sent by this one, once and in order', async ({ browser }) => {
  const hers = await contextOf(browser, alice)
  const channel = await newChannel(hers.request, 'heirs')
  const page = await hers.newPage()
  await page.goto(`/c/${channel.id}`)
  await expect(page.getByRole('textbox', { name: `Message #${channel.name}` })).toBeVisible()
  await page.evaluate(async (conversation) => {
    const name = (await indexedDB.databases()).find((one) => one.name?.startsWith('parley-'))!.name!
    const asked = indexedDB.open(name)
    await new Promise((resolve) => {
      asked.onsuccess = resolve
    })
    const writing = asked.result.transaction('outbox', 'readwrite')
    const entries = ['First of old.', 'Second of old.'].map((text, at) => ({
      ...{ id: crypto.randomUUID(), conversation, root: null, text, files: [], at, failed: null },
    }))
    writing.objectStore('outbox').put(entries, 'entries')
    await new Promise((resolve) => {
      writing.oncomplete = resolve
    })
    asked.result.close()
  }, channel.id)
  await page.reload()
  await expect(message(page, 'Second of old.')).toBeVisible()
  await expect(page.locator('[data-pending]')).toHaveCount(0)
  const said = await message(page, 'of old.').allInnerTexts()
  expect(said.map((text) => text.match(/(First|Second) of old\./)?.[0])).toEqual([
    'First of old.',
    'Second of old.',
  ])
})
