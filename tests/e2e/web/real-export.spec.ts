import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect } from '@playwright/test'
import { act, alice, ask, bob, closeBrowsers, contextOf, pageOf } from '../../support/browser-people.ts'
import { message } from '../../support/message.ts'
import { screenshot } from '../../support/screenshot.ts'
import { test } from '../../support/web-test.ts'

test.afterEach(closeBrowsers)

const root = path.resolve(import.meta.dirname, '../../..')
/** Real conversations of 903 people. Not part of the product: where it is not, the test says so and is skipped. */
const real = process.env.PARLEY_SLACK_EXPORT ?? path.resolve(root, '../shared/data/devchat-slack-export.zip')

test('in a channel of 22,000 messages one scrolls to the first, finds a word, and talks', async ({
  browser,
}) => {
  test.skip(!existsSync(real), `The real export is not at ${real}.`)
  test.setTimeout(300_000)
  await promisify(execFile)(process.execPath, ['scripts/import.ts', 'slack', real], {
    ...{ cwd: root, env: { ...process.env, NODE_OPTIONS: '' }, timeout: 240_000 },
  })
  const his = await contextOf(browser, bob)
  const { items } = await ask<{ items: { id: string; memberCount: number }[] }>(
    his.request,
    'conversations.browse',
    { query: 'racket' },
  )
  expect(items).toHaveLength(1)
  await act(his.request, 'conversations.join', { conversation: items[0]?.id })

  const a = await pageOf(browser, alice, { viewport: { width: 1440, height: 900 } })
  await a.getByRole('button', { name: 'Browse channels' }).first().click()
  const row = a.getByRole('listitem').filter({ hasText: 'racket' })
  await row.getByRole('button', { name: /Join|Open/ }).click()
  await expect(a.getByRole('heading', { name: 'racket', level: 1 })).toBeVisible()
  await expect(a.getByRole('log').getByRole('article').last()).toBeInViewport()
  expect(await a.getByRole('log').getByRole('article').count()).toBeLessThan(100)
  await screenshot(a, 'web-imported')

  await a.keyboard.press('Home')
  await expect(
    message(a, "library doesn't seem to provide support for executing batch statements"),
  ).toBeInViewport()
  await expect(a.getByText('It was created on 11 May 2017')).toBeVisible()

  await a.keyboard.press('ControlOrMeta+Shift+F')
  const search = a.getByRole('complementary', { name: 'Search' })
  await search.getByRole('searchbox', { name: 'Search messages' }).fill('quasisyntax in:racket')
  const hit = search.getByRole('link').first()
  await expect(hit.locator('mark').first()).toHaveText(/quasisyntax/i)
  await screenshot(a, 'web-search')

  const said = `Ten years later: hello from the present, ${Date.now()}.`
  await a.getByRole('textbox', { name: 'Message #racket' }).fill(said)
  await a.keyboard.press('Enter')
  await expect(message(a, said)).toBeInViewport()
  const b = await pageOf(browser, bob)
  await b.getByRole('navigation').getByRole('link', { name: 'racket' }).click()
  await expect(message(b, said)).toBeInViewport()
  await b.getByRole('textbox', { name: 'Message #racket' }).fill(`And to you. ${said}`)
  await b.keyboard.press('Enter')
  await expect(message(a, `And to you. ${said}`)).toBeInViewport()
})
