import { expect, type Page, test } from '@playwright/test'
import { closeBrowsers, contextOf, dan } from '../support/browser-people.ts'
import { type IdentityProviderSite, identityProviderSite } from '../support/identity-provider-site.ts'
import { screenshot } from '../support/screenshot.ts'
import { suite } from '../support/suite.ts'

test.afterEach(closeBrowsers)

let idp: IdentityProviderSite
test.beforeAll(async () => {
  idp = await identityProviderSite()
})
test.afterAll(() => idp.close())

const NAME = 'Example ID'

async function signInThrough(page: Page, name: string) {
  await page.goto(`${suite.web}/sign-in`)
  await page.getByRole('link', { name: `Continue with ${NAME}` }).click()
  await page.getByRole('button', { name: `Continue as ${name}` }).click()
}

test('dan connects the company’s identity provider, and sam, whom Parley has never met, signs in with it', async ({
  browser,
}) => {
  const console = await (await contextOf(browser, dan)).newPage()
  const fresh = await (await browser.newContext()).newPage()

  await test.step('metadata that is something else is refused with what to do', async () => {
    await console.goto(`${suite.console}/identity`)
    await console.getByRole('button', { name: 'Set up a provider' }).click()
    const dialog = console.getByRole('dialog')
    await dialog.getByLabel('Metadata of the provider').fill('<html></html>')
    await dialog.getByRole('button', { name: 'Read it' }).click()
    await expect(dialog.getByText('it describes no entity')).toBeVisible()
  })

  await test.step('the real one is read, named and switched on', async () => {
    const dialog = console.getByRole('dialog')
    await dialog.getByLabel('Metadata of the provider').fill(idp.metadata)
    await dialog.getByRole('button', { name: 'Read it' }).click()
    await dialog.getByLabel('Name', { exact: true }).fill(NAME)
    await dialog.getByLabel('Domains').fill('sso.example')
    await dialog.getByLabel('Attribute with the e-mail address').fill('mail')
    await dialog.getByLabel('Attribute with the name').fill('displayName')
    await dialog.getByRole('button', { name: 'Set up', exact: true }).click()
    const card = console.getByRole('region', { name: NAME, exact: true })
    await expect(card).toContainText('Switched off')
    await card.getByRole('switch', { name: 'People may sign in through it' }).click()
    await expect(card.getByText('Switched off')).toHaveCount(0)
    await screenshot(console, 'console-sign-in')
  })

  await test.step('sam is let in by it, with an account made just now', async () => {
    idp.signsIn({ mail: 'sam@sso.example', name: 'Sam Sato' })
    await signInThrough(fresh, 'Sam Sato')
    await expect(fresh.getByText('Sam Sato').first()).toBeVisible()
    await expect(fresh.getByRole('link', { name: /general/ }).first()).toBeVisible()
  })

  await test.step('a response in which the name was changed lets nobody in', async () => {
    const mallory = await (await browser.newContext()).newPage()
    idp.signsIn({ mail: 'sam@sso.example', name: 'Sam Sato' }, (xml) =>
      xml.replace('>sam@sso.example</saml:NameID>', '>eve@sso.example</saml:NameID>'),
    )
    await signInThrough(mallory, 'Sam Sato')
    await expect(mallory.getByRole('alert').filter({ hasText: 'not valid here' })).toBeVisible()
    await mallory.context().close()
  })

  await test.step('a provider does not speak for other domains', async () => {
    const mallory = await (await browser.newContext()).newPage()
    idp.signsIn({ mail: dan.email, name: 'Not Dan' })
    await signInThrough(mallory, 'Not Dan')
    await expect(mallory.getByRole('alert').filter({ hasText: 'may not sign you in' })).toBeVisible()
    await mallory.context().close()
  })

  await test.step('the log says who came in and who did not', async () => {
    await console.goto(`${suite.console}/audit`)
    await expect(console.getByText('provisioned by sign-in').first()).toBeVisible()
  })

  await test.step('switched off, it is offered no more', async () => {
    await console.goto(`${suite.console}/identity`)
    await console.getByRole('switch', { name: 'People may sign in through it' }).click()
    await expect(console.getByText('Switched off')).toBeVisible()
    await fresh.context().clearCookies()
    await fresh.goto(`${suite.web}/sign-in`)
    await expect(fresh.getByRole('button', { name: 'Sign in' })).toBeVisible()
    await expect(fresh.getByRole('link', { name: /Continue with/ })).toHaveCount(0)
  })
})
