import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { meOf, newChannel } from '../support/browser-channel.ts'
import { type Account, act, bob, closeBrowsers, contextOf, dan } from '../support/browser-people.ts'
import { screenshot } from '../support/screenshot.ts'
import { suite } from '../support/suite.ts'

test.afterEach(closeBrowsers)

const mark = randomUUID().slice(0, 6)
const erin: Account = {
  name: `Erin Castell ${mark}`,
  email: `erin.castell.${mark}@northwind.example`,
  password: 'a lantern over the quiet harbour',
}
const log = (page: Page) => page.getByRole('table', { name: 'Audit log' })

test.beforeAll(async ({ browser }) => {
  const hers = await contextOf(browser, erin)
  const { id } = await meOf(hers.request)
  await hers.close()
  const owner = await contextOf(browser, dan)
  await act(owner.request, 'people.changeRole', { person: id, role: 'auditor' })
  const channel = await newChannel(owner.request, 'dry-dock')
  await act(owner.request, 'conversations.archive', { conversation: channel.id, archived: true })
  await owner.close()
})

test('erin finds who changed her role, sees before and after, and takes the filtered log away', async ({
  browser,
}) => {
  test.slow()
  const page = await (await contextOf(browser, erin)).newPage()
  await page.goto(`${suite.console}/audit`)

  await test.step('by action and by text, kept in the address', async () => {
    await expect(log(page).getByRole('row').nth(5)).toBeVisible()
    await screenshot(page, 'console-audit')
    await page.getByRole('button', { name: 'Action' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Person role changed' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('searchbox').fill(erin.name)
    await expect(page).toHaveURL(/q=Erin/)
    await expect(log(page).getByRole('row')).toHaveCount(2)
    await page.reload()
    await expect(page.getByText('Person role changed')).toBeVisible()
    await expect(log(page).getByRole('row')).toHaveCount(2)
  })

  await test.step('one event whole', async () => {
    await log(page).getByRole('row', { name: erin.name }).getByRole('button').click()
    const panel = page.getByRole('complementary')
    await expect(panel.getByRole('region', { name: 'What changed' })).toContainText('member')
    await expect(panel.getByRole('region', { name: 'What changed' })).toContainText('auditor')
    await expect(panel.getByText(`${dan.name} (person)`)).toBeVisible()
    await screenshot(page, 'console-audit-event')
  })

  await test.step('as a file, made in the background', async () => {
    await page.getByRole('button', { name: 'Export…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: 'JSON Lines' }).click()
    await dialog.getByRole('button', { name: 'Make the file' }).click()
    const file = dialog.getByRole('list', { name: 'Files' }).getByRole('listitem').first()
    await expect(file).toContainText('Ready')
    await screenshot(page, 'console-audit-export')
    const downloading = page.waitForEvent('download')
    await file.getByRole('button', { name: 'Download' }).click()
    const download = await downloading
    expect(download.suggestedFilename()).toMatch(/^audit-log-.*\.jsonl$/)
    const lines = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\n')
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0]!)).toMatchObject({
      action: 'person.role_changed',
      actor: { name: dan.name },
      before: { role: 'member' },
      after: { role: 'auditor' },
    })
    await page.keyboard.press('Escape')
  })

  await test.step('and that she did stands in it', async () => {
    await page.goto(`${suite.console}/audit`)
    await expect(log(page).getByRole('row').nth(1)).toContainText('downloaded the audit export')
    await expect(log(page).getByRole('row').nth(1)).toContainText(erin.name)
    await page.getByRole('switch', { name: 'With reads of this log' }).click()
    await expect(log(page).getByRole('row', { name: 'read the audit log' }).first()).toBeVisible()
  })
})

test('erin sees the retention and changes nothing; bob sees neither', async ({ browser }) => {
  const page = await (await contextOf(browser, erin)).newPage()
  await page.goto(`${suite.console}/retention`)
  await expect(page.getByText('does not change it')).toBeVisible()
  await expect(page.getByRole('radio', { name: 'Keep for ever' })).toBeDisabled()
  for (const name of ['Run now…', 'Add a channel', 'Save…'])
    await expect(page.getByRole('button', { name })).toHaveCount(0)

  const his = await (await contextOf(browser, bob)).newPage()
  await his.goto(`${suite.console}/audit`)
  await expect(his.getByText('owners, administrators and auditors')).toBeVisible()
  const asked = await his.request.get(
    `${suite.console}/api/trpc/audit.list?input=${encodeURIComponent('{}')}`,
  )
  expect(asked.status()).toBe(403)
})
