import {
  type APIRequestContext,
  type Browser,
  type BrowserContext,
  expect,
  type Page,
} from '@playwright/test'
import { BOUNDS } from '../../apps/realtime/src/gateway/bounds.ts'
import { suite } from './suite.ts'

export type Account = { name: string; email: string; password: string; title?: string }

const password = 'a lantern over the quiet harbour'
/** Somebody of the organisation. Whoever has no account yet is invited by Dan when they first sign in. */
export const person = (name: string, title?: string): Account => ({
  name,
  email: `${name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z ]+/g, '')
    .replaceAll(' ', '.')}@northwind.example`,
  password,
  ...(title && { title }),
})

/** Dan made the organisation. */
export const organisation = 'Northwind'
export const dan: Account = { ...person('Dan Okafor'), email: 'dan@northwind.example' }
export const alice = person('Alice Moreau')
export const bob = person('Bob Lindqvist')

/** What browsers send with every change, and our servers look for. */
const headers = { origin: suite.web }

async function post(request: APIRequestContext, path: string, data: object): Promise<unknown> {
  const answer = await request.post(`${suite.web}${path}`, { data, headers })
  expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBe(true)
  return answer.json()
}

type Answer = { result: { data: never } }

/** Performs a change as the person whose cookies the request carries. */
export async function act<Result>(request: APIRequestContext, path: string, input: object): Promise<Result> {
  return ((await post(request, `/api/trpc/${path}`, input)) as Answer).result.data
}

export async function ask<Result>(request: APIRequestContext, path: string, input: object): Promise<Result> {
  const query = `?input=${encodeURIComponent(JSON.stringify(input))}`
  const answer = await request.get(`${suite.web}/api/trpc/${path}${query}`)
  expect(answer.ok(), `${path}: ${answer.status()}`).toBe(true)
  return ((await answer.json()) as Answer).result.data
}

/** A session is shared by what runs close together: sign-ins are limited, and refresh tokens work once. */
const sharedForMs = 5 * 60_000
type Kept = { at: number; state: Awaited<ReturnType<BrowserContext['storageState']>> }
const sessions = new Map<string, Kept>()

/** Signs in, and makes the account first where there is none. */
async function letIn(context: BrowserContext, person: Account, browser: Browser): Promise<void> {
  if (person === dan) {
    const { needed } = await ask<{ needed: boolean }>(context.request, 'organisation.setupState', {})
    if (needed)
      return void (await post(context.request, '/api/session/set-up', {
        ...{ organisation, name: dan.name, email: dan.email, password: dan.password },
      }))
    const { email, password } = dan
    return void (await post(context.request, '/api/session/sign-in', { email, password }))
  }
  const { email, password, name, title } = person
  const tried = await context.request.post(`${suite.web}/api/session/sign-in`, {
    data: { email, password },
    headers,
  })
  if (tried.ok()) return
  const owner = await contextOf(browser, dan)
  const { link } = await act<{ link: string }>(owner.request, 'account.invite', {
    ...{ email, name },
    ...(title && { title }),
  })
  await owner.close()
  const token = new URL(link).pathname.split('/').at(-1)
  await post(context.request, '/api/session/accept-invitation', { token, name, password })
}

const opened = new Set<BrowserContext>()
/** Of the test before: what their pages had to say as they went has arrived by now. */
let left: BrowserContext[] = []

/**
 * After each test: a page that is left open goes on reading what arrives. Pages are closed as a person closes a tab, in a
 * browser that lives on for a while: with it Chromium would end the request by which a page that polls says that it goes.
 */
export async function closeBrowsers(): Promise<void> {
  await Promise.all(left.map((context) => context.close()))
  left = [...opened]
  opened.clear()
  await Promise.all(left.flatMap((context) => context.pages()).map((page) => page.close()))
}

/**
 * Whoever went without a word, with a browser that was killed say, is gone for others after this long: nobody polls
 * (rule 3 of docs/subsystems/long-polling.md), which is looked at once a sweep; and then it is to be shown, for which
 * anything has 10 s.
 */
export const LOST_MS = BOUNDS.pollBreakMs + BOUNDS.sweepMs + 10_000

/** A browser of this person's own, signed in. */
export async function contextOf(
  browser: Browser,
  person: Account,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<BrowserContext> {
  const kept = sessions.get(person.email)
  const fresh = kept && Date.now() - kept.at < sharedForMs
  const context = await browser.newContext({ ...options, ...(fresh && { storageState: kept.state }) })
  opened.add(context)
  context.on('close', () => opened.delete(context))
  if (!fresh) {
    await letIn(context, person, browser)
    sessions.set(person.email, { at: Date.now(), state: await context.storageState() })
  }
  return context
}

/** A page of this person's own browser, signed in and connected. */
export async function pageOf(
  browser: Browser,
  person: Account,
  options: Parameters<Browser['newContext']>[0] & { path?: string } = {},
): Promise<Page> {
  const { path = '/', ...rest } = options
  const context = await contextOf(browser, person, rest)
  const page = await context.newPage()
  await page.goto(path)
  await expect(page.getByRole('navigation', { name: 'Conversations' })).toBeVisible()
  return page
}
