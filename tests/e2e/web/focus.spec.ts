import { type Browser, expect, type Locator, type Page } from '@playwright/test'
import { newChannel, post } from '../../support/browser-channel.ts'
import { alice, closeBrowsers, contextOf } from '../../support/browser-people.ts'
import { test } from '../../support/web-test.ts'

test.afterEach(closeBrowsers)
test.setTimeout(120_000)

async function inChannel(browser: Browser, about: string) {
  const hers = await contextOf(browser, alice)
  const { id, name } = await newChannel(hers.request, about)
  await post(hers.request, id, 'Something to delete.')
  const page = await hers.newPage()
  await page.goto(`/c/${id}`)
  const composer = page.getByRole('textbox', { name: `Message #${name}` })
  await expect(composer).toBeFocused()
  return { page, composer }
}

const account = (page: Page) => page.getByRole('button', { name: /profile and settings/ })
const more = (page: Page) => page.getByRole('button', { name: 'More about this conversation' })

/** Ways to what stands in a menu. */
const WAYS = {
  async pointer(page: Page, button: Locator, item: string) {
    await button.click()
    await page.getByRole('menuitem', { name: item }).click()
  },
  async keyboard(page: Page, button: Locator, item: string) {
    await button.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menu')).toBeVisible()
    await page.keyboard.type(item.slice(0, 7))
    await expect(page.getByRole('menuitem', { name: item })).toBeFocused()
    await page.keyboard.press('Enter')
  },
}
async function throughPalette(page: Page, item: string) {
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('combobox', { name: 'Go to' })).toBeFocused()
  await page.keyboard.type(item)
  await expect(page.getByRole('option', { name: item, selected: true })).toBeVisible()
  await page.keyboard.press('Enter')
}

/** The dialog is there with the focus where it belongs, and stays there; then Escape. */
async function leaves(page: Page, title: string, first: (dialog: Locator) => Locator) {
  const dialog = page.getByRole('dialog', { name: title })
  await expect(first(dialog)).toBeFocused()
  // what closed when it opened has given its own focus back by then
  await page.waitForTimeout(300)
  await expect(first(dialog)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
}

const close = (dialog: Locator) => dialog.getByRole('button', { name: 'Close' })
const radio = (name: string) => (dialog: Locator) => dialog.getByRole('radio', { name })
const field = (name: string) => (dialog: Locator) => dialog.getByRole('textbox', { name })

/** What the menu over the list opens, the title of each, and what has the focus there first. */
const OF_ACCOUNT = [
  ['Availability and status', radio('Online')],
  ['Profile and theme', field('Name')],
  ['Notifications', radio('Everything that concerns me')],
  ['Where you are signed in', close],
  ['Keyboard shortcuts', close],
] as const

for (const way of ['pointer', 'keyboard'] as const)
  test(`what Alice opens from her menu by ${way} begins with its first choice, and Escape leads back to the menu's button`, async ({
    browser,
  }) => {
    const { page } = await inChannel(browser, 'menu')
    for (const [title, first] of OF_ACCOUNT)
      await test.step(title, async () => {
        await WAYS[way](page, account(page), title)
        await leaves(page, title, first)
        await expect(account(page)).toBeFocused()
      })
  })

test('what Alice opens from the palette begins with its first choice, and Escape leads back to where she wrote', async ({
  browser,
}) => {
  const { page, composer } = await inChannel(browser, 'palette')
  await composer.fill('Half a thought')
  const other = [
    ['New message', 'New message', (dialog: Locator) => dialog.getByRole('combobox')],
    ['Browse channels', 'Channels', field('Search channels')],
    ['Create a channel', 'Create a channel', field('Name')],
  ] as const
  const all = [...OF_ACCOUNT.map(([title, first]) => [title, title, first] as const), ...other]
  for (const [item, title, first] of all)
    await test.step(item, async () => {
      await throughPalette(page, item)
      await leaves(page, title, first)
      await expect(composer).toBeFocused()
    })

  await page.keyboard.press('ControlOrMeta+k')
  await leaves(page, 'Go to', (dialog) => dialog.getByRole('combobox', { name: 'Go to' }))
  await expect(composer).toBeFocused()
  await page.keyboard.press('ControlOrMeta+/')
  await leaves(page, 'Keyboard shortcuts', close)
  await expect(composer).toBeFocused()
  await expect(composer).toHaveValue('Half a thought')
})

test("what Alice opens from a channel's menu leads back to it", async ({ browser }) => {
  const { page } = await inChannel(browser, 'head')
  const items = [
    ['Jump to a day', 'Jump to', (dialog: Locator) => dialog.getByLabel('A day')],
    ['Channel details', 'Channel details', field('Name')],
    ['Add people', /^Add people/, (dialog: Locator) => dialog.getByRole('combobox')],
    ['Leave channel', /^Leave/, close],
  ] as const
  for (const [item, title, first] of items)
    await test.step(item, async () => {
      await WAYS.keyboard(page, more(page), item)
      await leaves(page, title as string, first)
      await expect(more(page)).toBeFocused()
    })
})

test('Alice does not delete a message, and is back at it; she deletes it, and is there still', async ({
  browser,
}) => {
  const { page } = await inChannel(browser, 'deleted')
  const row = page.getByRole('log').getByRole('article').first()
  const remove = async () => {
    await row.focus()
    await WAYS.keyboard(page, row.getByRole('button', { name: 'More' }), 'Delete')
    await expect(page.getByRole('dialog', { name: 'Delete this message?' })).toBeVisible()
  }
  const isInRow = () => row.evaluate((element) => element.contains(document.activeElement))
  await remove()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect.poll(isInRow).toBe(true)
  await remove()
  await page.getByRole('button', { name: 'Delete message' }).press('Enter')
  await expect(row).toContainText('deleted')
  await expect.poll(isInRow).toBe(true)
})

test('what Alice opens beside the conversation, or in it, leads back as well', async ({ browser }) => {
  const { page, composer } = await inChannel(browser, 'beside')
  const row = page.getByRole('log').getByRole('article').first()
  const isInRow = () => row.evaluate((element) => element.contains(document.activeElement))
  const search = page.getByRole('searchbox', { name: 'Search messages' })
  await test.step('searching, from the palette and from its button', async () => {
    await throughPalette(page, 'Search messages')
    await expect(search).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(composer).toBeFocused()
    await page.getByRole('main').getByRole('button', { name: 'Search messages' }).press('Enter')
    await expect(search).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('main').getByRole('button', { name: 'Search messages' })).toBeFocused()
  })
  await test.step('a thread', async () => {
    await row.focus()
    await row.getByRole('button', { name: 'Reply in a thread' }).press('Enter')
    await expect(page.getByRole('textbox', { name: 'Reply…' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect.poll(isInRow).toBe(true)
  })
  await test.step('writing a message anew', async () => {
    const edit = page.getByRole('textbox', { name: 'Edit message' })
    await row.focus()
    await row.getByRole('button', { name: 'Edit' }).press('Enter')
    await expect(edit).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(row).toBeFocused()
    await composer.focus()
    await page.keyboard.press('ArrowUp')
    await expect(edit).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(composer).toBeFocused()
  })
})
