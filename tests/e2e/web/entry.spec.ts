import { expect, test } from '@playwright/test'
import { act, closeBrowsers, contextOf, dan, pageOf } from '../../support/browser-people.ts'
import { mailTo, suite } from '../../support/suite.ts'

test.afterEach(closeBrowsers)

test('an invitation by mail ends in an account, and its link works once', async ({ browser, page }) => {
  const owner = await contextOf(browser, dan)
  const email = `carol.${Date.now()}@northwind.example`
  await act(owner.request, 'account.invite', { email, name: 'Carol Nakamura' })
  await owner.close()
  await expect.poll(async () => (await mailTo(email)).length, { timeout: 20_000 }).toBeGreaterThan(0)
  const [mail] = await mailTo(email)
  const link = /https?:\/\/\S+\/invitation\/[\w-]+/.exec(mail?.text ?? '')?.[0]
  expect(link, 'the mail has a link').toBeTruthy()

  await page.goto(link ?? '')
  await expect(page.getByText(`You were invited as ${email}`)).toBeVisible()
  await expect(page.getByLabel('Your name')).toHaveValue('Carol Nakamura')
  await page.getByLabel('Password', { exact: true }).fill('six grey herons by the weir')
  await page.getByRole('button', { name: 'Join' }).click()
  await expect(page.getByRole('navigation', { name: 'Conversations' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Carol Nakamura: profile and settings' })).toBeVisible()

  await page.goto(link ?? '')
  await expect(page.getByRole('heading', { name: 'This invitation cannot be used' })).toBeVisible()
})

test('a wrong password is refused without saying which half was wrong', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill('nobody@northwind.example')
  await page.getByLabel('Password', { exact: true }).fill('not the password at all')
  await page.getByRole('button', { name: 'Sign in' }).click()
  const alert = page.locator('form').getByRole('alert')
  await expect(alert).toBeVisible()
  const unknown = await alert.innerText()
  await page.getByLabel('E-mail address').fill(dan.email)
  const again = page.waitForResponse('**/api/session/sign-in')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await again
  await expect(alert).toHaveText(unknown)
})

test('whoever follows a link signed out comes back to it after signing in', async ({ browser, page }) => {
  const inside = await pageOf(browser, dan)
  await inside.getByRole('link', { name: 'general' }).click()
  const { pathname } = new URL(inside.url())
  await inside.context().close()

  await page.goto(pathname)
  await expect(page.getByRole('heading', { name: /^Sign in/ })).toBeVisible()
  await page.getByLabel('E-mail address').fill(dan.email)
  await page.getByLabel('Password', { exact: true }).fill(dan.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'general', level: 1 })).toBeVisible()

  await page.getByRole('button', { name: 'Dan Okafor: profile and settings' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: /^Sign in/ })).toBeVisible()
  await page.goto(pathname)
  await expect(page.getByRole('heading', { name: /^Sign in/ })).toBeVisible()
})

/** Both have fields before they have scripts. */
const DOORS = {
  'the web client': { base: suite.web, inside: /\/c\// },
  'the console': { base: suite.console, inside: /\/overview/ },
}
for (const [name, { base, inside }] of Object.entries(DOORS))
  test(`whoever is faster than the scripts of ${name} keeps the password out of the address, and signs in`, async ({
    page,
  }) => {
    let bring = () => {}
    const brought = new Promise<void>((resolve) => {
      bring = resolve
    })
    await page.route('**/*.js', async (route) => {
      await brought
      await route.continue()
    })
    const visited: string[] = []
    page.on('request', (request) => {
      if (request.isNavigationRequest()) visited.push(`${request.method()} ${request.url()}`)
    })
    await page.goto(`${base}/sign-in`, { waitUntil: 'commit' })
    const password = page.getByLabel('Password', { exact: true })
    await page.getByLabel('E-mail address').fill(dan.email)
    await password.fill(dan.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await password.press('Enter')

    bring()
    await page.waitForLoadState('networkidle')
    expect(visited).toEqual([`GET ${base}/sign-in`])
    await expect(password).toHaveValue(dan.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(inside)
    expect(visited.filter((address) => address.includes('password'))).toEqual([])
  })
