import { type ApiContext, handle } from '@parley/api'
import { type TestDeps, testDeps } from '../../../../tests/support/deps.ts'
import { testProbed } from '../../../../tests/support/probed.ts'

export const WEB = 'http://localhost:3000'

export type TestApi = TestDeps & { context: ApiContext }

/** The API over a database of the test's own, as a process would build it. */
export async function testApi(more: Partial<ApiContext> = {}): Promise<TestApi> {
  const world = await testDeps()
  return {
    ...world,
    context: {
      deps: world.deps,
      trustedProxies: 0,
      peer: () => '192.0.2.1',
      probed: testProbed({ database: () => world.db.ping() }),
      ...more,
    },
  }
}

// biome-ignore lint/suspicious/noExplicitAny: whatever the API says
type Answer = { status: number; body: any; headers: Headers }

/** Keeps cookies and sends the origin of its page, as browsers do. */
export class Browser {
  readonly cookies = new Map<string, string>()
  readonly #context: ApiContext
  readonly #origin: string
  constructor(context: ApiContext, origin = WEB) {
    this.#context = context
    this.#origin = origin
  }

  async fetch(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const { status, headers: said, text } = await this.raw(method, path, body, headers)
    return { status, body: text === '' ? null : JSON.parse(text), headers: said }
  }

  /** Whatever is answered, as text. */
  async raw(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; text: string; headers: Headers }> {
    const sent = new Headers({
      host: new URL(WEB).host,
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
    })
    if (method !== 'GET') sent.set('origin', this.#origin)
    if (body !== undefined) sent.set('content-type', 'application/json')
    if (this.cookies.size > 0) sent.set('cookie', [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; '))
    for (const [name, value] of Object.entries(headers)) sent.set(name, value)
    const request = new Request(`${WEB}${path}`, {
      method,
      headers: sent,
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const response = await handle(request, this.#context)
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    return { status: response.status, text: await response.text(), headers: response.headers }
  }

  post = (path: string, body: unknown = {}, headers?: Record<string, string>) =>
    this.fetch('POST', path, body, headers)
  get = (path: string, headers?: Record<string, string>) => this.fetch('GET', path, undefined, headers)

  /** A tRPC procedure as the client calls it: `query` by GET, `mutate` by POST. */
  query = (path: string, input: unknown = {}) =>
    this.get(`/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`)
  mutate = (path: string, input: unknown = {}) => this.post(`/api/trpc/${path}`, input)

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ')
    const at = pair.indexOf('=')
    const name = pair.slice(0, at)
    if (attributes.includes('Max-Age=0')) this.cookies.delete(name)
    else this.cookies.set(name, pair.slice(at + 1))
  }
}
