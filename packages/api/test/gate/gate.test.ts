import { type Act, perform, SCOPES, type Scope } from '@parley/domain'
import { ParleyError } from '@parley/protocol'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { appRouter } from '../../src/routers/index.ts'
import { routes } from '../../src/routes.ts'
import { openWorkshop } from '../support/bot.ts'
import { Browser, type TestApi, testApi } from '../support/browser.ts'
import { everyAct } from './all-acts.ts'
import { CALLERS, type Caller, probe } from './probe.ts'

let api: TestApi
let acts: Act[]
beforeAll(async () => {
  api = await testApi()
  acts = await everyAct()
})
afterAll(() => api.close())

type Procedure = { _def: { type: 'query' | 'mutation'; meta?: { act?: string } } }
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>)

const ASKED = 'the access of the act was asked'

/** Acts whose only door is a frame of the realtime service. */
const BY_FRAME = ['sync']

describe('who may do what', () => {
  test('is what docs/subsystems/access.md says, act by act', async () => {
    const callers = Object.keys(CALLERS) as Caller[]
    const SIGNS = { refused: '–', absent: 'own', passed: 'yes' } as const
    const rows: string[] = []
    for (const act of acts) {
      const answers = []
      for (const caller of callers) answers.push(SIGNS[await probe(act, caller, api.deps)])
      rows.push(`| \`${act.name}\` | ${answers.join(' | ')} | ${act.tokens} | ${act.limit} |`)
    }
    const table = [
      '# Who may do what',
      '',
      'Written by `packages/api/test/gate/gate.test.ts`, which asks every act of the domain; `npx vitest run -u` writes it anew.',
      'A change here is a change of who may do what: look twice.',
      '',
      'yes: may. own: only where they are a member, or it is theirs. –: refused. The last columns: the scope that a token needs, and the rate limit.',
      '',
      `| act | ${callers.join(' | ')} | scope | limit |`,
      `|---|${callers.map(() => '---|').join('')}---|---|`,
      ...rows,
      '',
    ].join('\n')
    await expect(table).toMatchFileSnapshot('../../../../docs/subsystems/access.md')
  })

  test('without signing in, only the way in is open', async () => {
    const open: string[] = []
    for (const act of acts) if ((await probe(act, 'nobody', api.deps)) !== 'refused') open.push(act.name)
    expect(open).toEqual([
      'account.acceptInvitation',
      'account.invitation',
      'account.signIn',
      'account.signOut',
      'identity.beginSignOn',
      'identity.ourMetadata',
      'identity.signOn',
      'identity.signOnOptions',
      'organisation.setUp',
      'organisation.setupState',
      'session.refresh',
    ])
  })

  test('a token may do nothing without the scope that the act names', async () => {
    expect(acts.filter((act) => act.tokens === 'any').map((act) => act.name)).toEqual(['token.self'])
    for (const act of acts) {
      if (act.tokens === 'any') continue
      const scopes = (Object.keys(SCOPES) as Scope[]).filter((scope) => scope !== act.tokens)
      const anything = { ...act, input: z.any() } as Act
      const done = perform(anything, { ...CALLERS.token, scopes }, {}, api.deps)
      await expect(done, act.name).rejects.toMatchObject({ code: 'scope_missing' })
    }
  })
})

describe('every door asks', () => {
  const restore: (() => void)[] = []
  afterEach(() => {
    for (const back of restore.splice(0)) back()
  })

  /** For one request, the act takes whatever it is given, and its access says no. */
  function refusing(act: Act) {
    const { input, access } = act
    const asked = vi.fn(() => {
      throw new ParleyError('not_allowed', ASKED)
    })
    Object.assign(act, { input: z.any(), access: asked })
    restore.push(() => Object.assign(act, { input, access }))
    return asked
  }

  test('every procedure is made from an act, and performs nothing that its access refuses', async () => {
    expect(procedures.length).toBeGreaterThan(20)
    const byName = new Map(acts.map((act) => [act.name, act]))
    for (const [path, { _def }] of procedures) {
      const act = byName.get(_def.meta?.act ?? '')
      if (!act) throw new Error(`${path} performs no act of the domain`)
      const asked = refusing(act)
      const visitor = new Browser(api.context)
      const answer = _def.type === 'query' ? await visitor.query(path) : await visitor.mutate(path)
      expect([path, answer.status, answer.body.error?.message]).toEqual([path, 403, ASKED])
      expect(asked, path).toHaveBeenCalledOnce()
      restore.pop()!()
    }
  })

  test('every route performs an act and nothing that its access refuses, or says why it is open', async () => {
    const shop = await openWorkshop(api)
    const bearer = { authorization: `Bearer ${shop.made.secret}` }
    const hook = await shop.webhook()
    const open: string[] = []
    for (const route of routes) {
      const name = `${route.method} ${route.path}`
      if (route.kind === 'open') {
        expect(route.because.length, name).toBeGreaterThan(20)
        open.push(name)
        continue
      }
      expect(acts, name).toContain(route.act)
      const asked = refusing(route.act)
      const visitor = new Browser(api.context)
      for (const cookie of ['access', 'refresh', 'device']) visitor.cookies.set(`parley-3000-${cookie}`, 'x')
      const path = route.path.startsWith('/api/hooks/')
        ? hook
        : route.path.replace(/:\w+/g, '404').replace(/\*$/, 'x')
      const example = (route.example ?? {}) as Record<string, string>
      const body = route.method === 'GET' ? undefined : example
      const query = route.method === 'GET' ? `?${new URLSearchParams(example)}` : ''
      const { status, text } = await visitor.raw(
        ...([route.method, path + query, body, path.startsWith('/api/v1/') ? bearer : {}] as const),
      )
      // Routes of the browser's own navigation send it on to a page that says what happened.
      if (status !== 303) expect([name, status, text]).toEqual([name, 403, expect.stringContaining(ASKED)])
      expect(asked, name).toHaveBeenCalledOnce()
      restore.pop()!()
    }
    expect(open).toEqual([
      'GET /health',
      'GET /health/live',
      'GET /health/ready',
      'POST /api/saml/:provider/acs',
      'GET /api/v1/openapi.json',
      'GET /api/v1/docs',
      'OPTIONS /api/v1/*',
      'GET /api/trpc/*',
      'POST /api/trpc/*',
    ])
  })

  test('every act has a door: a procedure, a route, a frame, or for the system alone a job', async () => {
    const doors = new Set([
      ...procedures.map(([, { _def }]) => _def.meta?.act),
      ...routes.flatMap((route) => (route.kind === 'act' ? [route.act.name] : [])),
    ])
    const without: string[] = []
    for (const act of acts) {
      if (doors.has(act.name) || BY_FRAME.includes(act.name)) continue
      if ((await probe(act, 'owner', api.deps)) !== 'refused') without.push(act.name)
    }
    expect(without).toEqual([])
  })
})
