import { chromium, expect, test } from '@playwright/test'
import { newChannel } from '../../support/browser-channel.ts'
import { act, alice, bob, closeBrowsers, contextOf } from '../../support/browser-people.ts'
import { message } from '../../support/message.ts'
import { POLLS } from '../../support/polls.ts'
import { openProxy } from '../../support/proxy.ts'

test.afterEach(closeBrowsers)

const NETWORKS = {
  refused: 'whoever sits behind a proxy that refuses WebSockets talks like everybody else',
  stalled: 'whoever sits behind a proxy that lets WebSockets stall talks like everybody else, soon',
} as const

for (const sockets of ['refused', 'stalled'] as const)
  test(NETWORKS[sockets], async ({ browser, launchOptions }) => {
    const his = await contextOf(browser, bob)
    const channel = await newChannel(his.request, 'office')
    const proxy = await openProxy(sockets)
    const office = await chromium.launch({
      ...launchOptions,
      args: [...(launchOptions.args ?? []), ...proxy.args],
    })
    try {
      const hers = await contextOf(office, alice)
      await act(hers.request, 'conversations.join', { conversation: channel.id })
      const page = await hers.newPage()
      const polled = page.waitForRequest(POLLS)
      await page.goto(`/c/${channel.id}`)
      await polled
      expect(proxy.asked()).toBeGreaterThan(0)

      const b = await his.newPage()
      await b.goto(`/c/${channel.id}`)
      for (const [from, to, text] of [
        [page, b, 'Nothing opens here but pages.'],
        [b, page, 'And yet I read you.'],
      ] as const) {
        await from.getByRole('textbox', { name: `Message #${channel.name}` }).fill(text)
        await from.keyboard.press('Enter')
        await expect(message(to, text)).toHaveCount(1)
        await expect(message(from, text)).toHaveCount(1)
      }

      const opened: string[] = []
      page.on('websocket', () => opened.push('socket'))
      page.on('request', (request) => POLLS.test(request.url()) && opened.push('poll'))
      await page.reload()
      await expect(message(page, 'And yet I read you.')).toBeVisible()
      expect(opened[0]).toBe('poll')
      const menu = page.getByRole('button', { name: 'profile and settings' })
      const noted = page.getByText('Connected without WebSockets')
      await menu.click()
      await expect(noted).toBeVisible()
      await page.keyboard.press('Escape')

      // the office lets them through, and the browser notices that the network has changed
      proxy.pass()
      await page.evaluate(() => window.dispatchEvent(new Event('online')))
      for (const [from, to, text] of [
        [page, b, 'Now something else opens, too.'],
        [b, page, 'And I read you all the same.'],
      ] as const) {
        await from.getByRole('textbox', { name: `Message #${channel.name}` }).fill(text)
        await from.keyboard.press('Enter')
        await expect(message(to, text)).toHaveCount(1)
        await expect(message(from, text)).toHaveCount(1)
      }
      await menu.click()
      await expect(page.getByText('Availability and status')).toBeVisible()
      await expect(noted).toHaveCount(0)
      expect(opened).toContain('socket')
    } finally {
      await office.close()
      await proxy.close()
    }
  })
