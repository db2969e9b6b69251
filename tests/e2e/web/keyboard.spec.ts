import { expect } from '@playwright/test'
import { newChannel, post } from '../../support/browser-channel.ts'
import { alice, closeBrowsers, contextOf } from '../../support/browser-people.ts'
import { message } from '../../support/message.ts'
import { test } from '../../support/web-test.ts'

test.afterEach(closeBrowsers)

test('everything that matters is done without a pointer', async ({ browser }) => {
  const hers = await contextOf(browser, alice)
  const { name, id } = await newChannel(hers.request, 'piano')
  await post(hers.request, id, 'The first key.')
  const page = await hers.newPage()
  await page.goto('/')
  await expect(page.getByRole('navigation').getByRole('link', { name })).toBeVisible()

  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('combobox', { name: 'Go to' })).toBeFocused()
  await page.keyboard.type(name)
  await expect(page.getByRole('option', { name: new RegExp(name) })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
  const box = page.getByRole('textbox', { name: `Message #${name}` })
  await expect(box).toBeFocused()

  await page.keyboard.type('Two lines,')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('one message.')
  await page.keyboard.press('Enter')
  await expect(message(page, 'one message.')).toBeVisible()

  await page.keyboard.press('ArrowUp')
  const edit = page.getByRole('textbox', { name: 'Edit message' })
  await expect(edit).toBeFocused()
  await page.keyboard.press('End')
  await page.keyboard.type(' Edited.')
  await page.keyboard.press('Enter')
  await expect(message(page, 'one message. Edited.')).toContainText('(edited)')

  await message(page, 'one message. Edited.').focus()
  await page.keyboard.press('ArrowUp')
  await expect(message(page, 'The first key.')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(message(page, 'The first key.').getByRole('button', { name: 'React with 👍' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(message(page, 'The first key.').getByRole('button', { name: /👍, 1/ })).toBeVisible()

  await page.keyboard.press('ControlOrMeta+Shift+f')
  await expect(page.getByRole('searchbox', { name: 'Search messages' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('complementary', { name: 'Search' })).toBeHidden()

  await page.keyboard.press('ControlOrMeta+/')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('what is opened beside a conversation takes the place of a thread', async ({ browser }) => {
  const hers = await contextOf(browser, alice)
  const { name, id } = await newChannel(hers.request, 'crowded')
  await post(hers.request, id, 'A thread begins here.')
  const page = await hers.newPage()
  await page.goto(`/c/${id}`)
  const beside = (panel: string) => page.getByRole('complementary', { name: panel })
  const openThread = async () => {
    await message(page, 'A thread begins here.').hover()
    await page.getByRole('log').getByRole('button', { name: 'Reply in a thread' }).click()
    await expect(beside('Thread')).toBeVisible()
  }

  await openThread()
  await page.keyboard.press('ControlOrMeta+Shift+f')
  await expect(page.getByRole('searchbox', { name: 'Search messages' })).toBeFocused()
  await expect(beside('Thread')).toBeHidden()
  await openThread()
  await page.getByRole('button', { name: '1 member: show them' }).click()
  await expect(beside('People')).toBeVisible()
  await expect(beside('Thread')).toBeHidden()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
})

test('code begins new lines until its fence is closed, and a name is completed', async ({ browser }) => {
  const hers = await contextOf(browser, alice)
  const { name, id } = await newChannel(hers.request, 'harpsichord')
  const page = await hers.newPage()
  await page.goto(`/c/${id}`)
  const box = page.getByRole('textbox', { name: `Message #${name}` })
  await expect(box).toBeFocused()
  await page.keyboard.type('```js')
  await page.keyboard.press('Enter')
  await page.keyboard.type('const answer = 42')
  await page.keyboard.press('Enter')
  await page.keyboard.type('```')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('log').locator('pre')).toContainText('const answer = 42')

  await page.keyboard.type('@Alice M')
  await expect(page.getByRole('option', { name: /Alice Moreau/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(box).toHaveValue('@Alice Moreau ')
  await page.keyboard.type('that is me.')
  await page.keyboard.press('Enter')
  await expect(message(page, '@Alice Moreau that is me.')).toBeVisible()
})
