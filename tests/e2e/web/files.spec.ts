import { type Browser, expect, type Locator, type Page } from '@playwright/test'
import sharp from 'sharp'
import { newChannel } from '../../support/browser-channel.ts'
import { act, alice, bob, closeBrowsers, contextOf, pageOf } from '../../support/browser-people.ts'
import { message } from '../../support/message.ts'
import { screenshot } from '../../support/screenshot.ts'
import { test } from '../../support/web-test.ts'

test.afterEach(closeBrowsers)

const picture = (background: string, width = 1_600, height = 900) =>
  sharp({ create: { width, height, channels: 3, background } })
    .composite([
      {
        input: Buffer.from(
          `<svg width="${width}" height="${height}"><circle cx="50%" cy="50%" r="30%" fill="white" opacity="0.5"/></svg>`,
        ),
      },
    ])
    .jpeg()
    .toBuffer()

const tiles = (page: Page) => page.getByRole('list', { name: 'Attached files' }).getByRole('listitem')
const composer = (page: Page) => page.getByRole('textbox', { name: /^Message/ })

async function choose(page: Page, files: { name: string; mimeType: string; buffer: Buffer }[]) {
  const chosen = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Attach files' }).click()
  await (await chosen).setFiles(files)
}

/** Alice's page in a channel of hers that nothing was said in. */
async function inChannel(browser: Browser, name: string): Promise<Page> {
  const hers = await contextOf(browser, alice)
  const channel = await newChannel(hers.request, name)
  await hers.close()
  const page = await pageOf(browser, alice, { path: `/c/${channel.id}` })
  await expect(composer(page)).toBeVisible()
  return page
}

/** Whether the picture is there and not a broken one. */
const isDrawn = (image: Locator) =>
  image.evaluate(
    (element) => (element as HTMLImageElement).complete && (element as HTMLImageElement).naturalWidth > 0,
  )

test('alice sends pictures and a document, bob looks at them and saves it', async ({ browser }) => {
  const hers = await contextOf(browser, alice)
  const channel = await newChannel(hers.request, 'beach')
  await hers.close()
  const his = await contextOf(browser, bob)
  await act(his.request, 'conversations.join', { conversation: channel.id })
  await his.close()
  const a = await pageOf(browser, alice, { path: `/c/${channel.id}` })
  const b = await pageOf(browser, bob, { path: `/c/${channel.id}` })

  await test.step('she attaches three files, and one by mistake', async () => {
    await choose(a, [
      { name: 'sunrise.jpg', mimeType: 'image/jpeg', buffer: await picture('#d9822b') },
      { name: 'harbour.jpg', mimeType: 'image/jpeg', buffer: await picture('#2b6cb0', 800, 1_200) },
      { name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%\u00e2\u00e3\n') },
      { name: 'mistake.txt', mimeType: 'text/plain', buffer: Buffer.from('no') },
    ])
    await expect(tiles(a)).toHaveCount(4)
    await a.getByRole('button', { name: 'Remove mistake.txt' }).click()
    await expect(tiles(a)).toHaveCount(3)
    for (const state of await tiles(a).all()) await expect(state).toHaveAttribute('data-upload', 'ready')
    await screenshot(a, 'web-files-composer')
  })

  await test.step('they arrive with the text', async () => {
    await composer(a).fill('From this morning')
    await a.keyboard.press('Enter')
    await expect(tiles(a)).toHaveCount(0)
    const row = message(b, 'From this morning')
    await expect(row.getByRole('button', { name: 'sunrise.jpg: show larger' })).toBeVisible()
    await expect(row.getByText('plan.pdf')).toBeVisible()
  })

  await test.step('thumbnails appear for both, without a reload', async () => {
    for (const page of [a, b]) {
      const images = message(page, 'From this morning').getByRole('img', { name: /jpg$/ })
      await expect(images).toHaveCount(2, { timeout: 20_000 })
      for (const image of await images.all()) await expect.poll(() => isDrawn(image)).toBe(true)
    }
    await screenshot(b, 'web-files-message')
  })

  await test.step('bob turns the pages with arrows, and Escape leads back', async () => {
    const opener = message(b, 'From this morning').getByRole('button', { name: 'sunrise.jpg: show larger' })
    await opener.click()
    const box = b.getByRole('dialog', { name: 'sunrise.jpg' })
    await expect(box).toBeVisible()
    await expect.poll(() => isDrawn(box.getByRole('img', { name: 'sunrise.jpg' }))).toBe(true)
    await screenshot(b, 'web-files-lightbox')
    const whole = await box.getByRole('img', { name: 'sunrise.jpg' }).boundingBox()
    expect(whole!.y + whole!.height).toBeLessThanOrEqual(b.viewportSize()!.height)
    await b.keyboard.press('ArrowRight')
    await expect(b.getByRole('dialog', { name: 'harbour.jpg' })).toBeVisible()
    await b.keyboard.press('ArrowRight')
    await expect(b.getByRole('dialog', { name: 'sunrise.jpg' })).toBeVisible()
    await b.keyboard.press('Escape')
    await expect(b.getByRole('dialog')).toBeHidden()
    await expect(opener).toBeFocused()
  })

  await test.step('he saves the document under its name', async () => {
    const saved = b.waitForEvent('download')
    await message(b, 'From this morning').getByRole('button', { name: 'Download plan.pdf' }).click()
    expect((await saved).suggestedFilename()).toBe('plan.pdf')
  })

  await test.step('when she deletes the message, nobody can open them', async () => {
    const address = await message(b, 'From this morning')
      .getByRole('img', { name: 'sunrise.jpg' })
      .getAttribute('src')
    expect((await b.request.get(address!, { maxRedirects: 0 })).status()).toBe(302)
    await message(a, 'From this morning').hover()
    await message(a, 'From this morning').getByRole('button', { name: 'More' }).click()
    await a.getByRole('menuitem', { name: /Delete/ }).click()
    await a
      .getByRole('dialog')
      .getByRole('button', { name: /Delete/ })
      .click()
    await expect(b.getByText('This message was deleted.')).toBeVisible()
    expect((await b.request.get(address!, { maxRedirects: 0 })).status()).toBe(404)
  })
})

test('a picture can be pasted, and files dropped on the conversation', async ({ browser }) => {
  const page = await inChannel(browser, 'pasting')
  const bytes = (await picture('#7a3e9d', 300, 200)).toString('base64')
  /** As a browser would tell of it, with the file in hand. */
  const give = (how: 'paste' | 'drop') =>
    composer(page).evaluate(
      (box, [kind, base64]) => {
        const content = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
        const data = new DataTransfer()
        data.items.add(new File([content], `${kind}.jpg`, { type: 'image/jpeg' }))
        if (kind === 'paste')
          return void box.dispatchEvent(
            new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
          )
        for (const type of ['dragenter', 'dragover', 'drop'])
          box
            .closest('main')!
            .dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
      },
      [how, bytes] as const,
    )
  await give('paste')
  await give('drop')
  await expect(tiles(page)).toHaveCount(2)
  await expect(tiles(page).filter({ hasText: 'drop.jpg' })).toHaveAttribute('data-upload', 'ready')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(tiles(page)).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'paste.jpg: show larger' })).toBeVisible()
})

test('an upload that fails says why, and goes out when it is tried again', async ({ browser }) => {
  const page = await inChannel(browser, 'failing')
  await page.route(/\/files\//, (route) =>
    route.request().method() === 'PUT' ? route.abort() : route.continue(),
  )
  await choose(page, [{ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('what was said') }])
  await expect(tiles(page).getByRole('alert')).toHaveText('The store of files cannot be reached. Try again.')
  await composer(page).fill('My notes')
  await expect(page.getByRole('button', { name: 'Send once every file is there' })).toBeDisabled()
  await screenshot(page, 'web-files-failed')
  await page.unroute(/\/files\//)
  await tiles(page).getByRole('button', { name: 'Try again' }).click()
  await expect(tiles(page)).toHaveAttribute('data-upload', 'ready')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(message(page, 'My notes').getByText('notes.txt')).toBeVisible()
})
