import { newSecret } from '@parley/domain/integrations/secret'
import { zText } from '@parley/protocol'
import fc from 'fast-check'
import { z } from 'zod'
import type { Asked } from '../../../../tests/support/hostile-http.ts'
import { BASE } from '../../src/rest/rest-route.ts'
import { ENDPOINTS } from '../../src/rest/table.ts'
import { hostileJson, hostileText, plainJson } from './hostile-value.ts'
import type { Program } from './office.ts'
import { type Known, valuesOf } from './values-of.ts'

/** Requests of programs: first as they may be, then, mostly, with a place or two made hostile. */

/** What a row of the table takes; a webhook takes as much. */
type Row = {
  name: string
  method: string
  path: string
  params: z.ZodType
  query: z.ZodType
  body: z.ZodType | null
}
const NONE = z.strictObject({})
const PAYLOAD = z.object({ text: zText, username: z.unknown(), channel: z.unknown().optional() })

const hookRow = (path: string): Row => ({
  ...{ name: 'webhook', method: 'POST', path, params: NONE, query: NONE, body: PAYLOAD },
})
const ROWS: Row[] = ENDPOINTS.map((row) => ({ ...row, path: BASE + row.path }))

/** What a request is made of, before it is written down. */
type Parts = {
  method: string
  /** Between slashes, encoded already. */
  path: string[]
  query: string[]
  headers: Record<string, string>
  body: string | Buffer | undefined
}
type Change = (parts: Parts) => Parts

const encoded = (text: unknown) => encodeURIComponent(String(text).toWellFormed())

/** As the row may be asked. */
function wellMade(row: Row, known: Known, secret: string): fc.Arbitrary<Parts> {
  const body = row.body ? valuesOf(row.body, known) : null
  return fc
    .record({
      params: valuesOf(row.params, known) as fc.Arbitrary<Record<string, unknown>>,
      query: valuesOf(row.query, known) as fc.Arbitrary<Record<string, unknown>>,
      key: fc.option(fc.oneof(fc.uuid(), fc.constant(KEY)), { freq: 1, nil: undefined }),
      body: body ? fc.oneof(plainJson(body), hostileJson(body)) : fc.constant(undefined),
    })
    .map(({ params, query, key, body }) => ({
      ...{ method: row.method, body },
      path: row.path
        .replace(/\{(\w+)\}/g, (_, name) => encoded(params[name]))
        .split('/')
        .slice(1),
      query: Object.entries(query)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `${name}=${encoded(value)}`),
      headers: { authorization: `Bearer ${secret}`, ...(key && { 'idempotency-key': key }) },
    }))
}

/** The same again: what is sent twice is posted once. */
const KEY = '6a3c1f0e-5b7d-4e2a-9c8f-0d1e2f3a4b5c'

const pieces = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      '.',
      '..',
      '%2e%2e',
      '%',
      '%f',
      '%ff',
      '%00',
      '%c3%28',
      '%ed%a0%80',
      '%2f',
      '%252f',
      ';a=b',
      '\\',
    ],
    ...['messages', 'conversations', 'me', '__proto__', "x'--", '<script>', '\u00ff', '{conversation}', '*'],
    'x'.repeat(7_000),
  ),
  hostileText.map(encoded),
)
const queries = fc.oneof(
  fc.constantFrom(
    ...['limit=1e3', 'limit=-1', 'limit=0', 'limit=101', 'limit=1.5', 'limit=', 'limit=0x10', 'limit=NaN'],
    ...['limit=9007199254740993', 'limit[]=1', 'cursor=', 'cursor=%00', 'cursor=MQ&cursor=Mg', 'query=%ff'],
    ...['__proto__=1', 'constructor=1', '=', '&&&', '%', '?', 'a=1&a=2', `query=${'('.repeat(400)}`],
    ...[`query=${encoded('"a')}`, 'query=from:', 'query=in:%00', 'query=on:2026-02-30', 'query=before:9'],
    ...[`query=${'-a+'.repeat(160)}`, `query=${'or+'.repeat(160)}`, `${'x'.repeat(7_000)}=1`],
    Array.from({ length: 1_000 }, (_, i) => `k${i}=`).join('&'),
  ),
  fc
    .tuple(fc.constantFrom('limit', 'cursor', 'query', 'conversation', 'x'), hostileText)
    .map(([name, text]) => `${name}=${encoded(text)}`),
  hostileText.map((text) => `query=${encoded(`${text} from:${text} "${text}"`)}`),
)
const latin = hostileText.map((text) => text.replace(/[^\t -~\u0080-\u00ff]/g, '').trim())
const headers: fc.Arbitrary<[string, string]> = fc.oneof(
  fc.tuple(
    fc.constant('content-type'),
    fc.oneof(
      fc.constantFrom(
        ...['', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'],
        ...[
          'application/json; charset=utf-16',
          'application/jsonp',
          'APPLICATION/JSON',
          'application/json,x',
        ],
      ),
      latin,
    ),
  ),
  fc.tuple(
    fc.constantFrom(
      'idempotency-key',
      'cookie',
      'origin',
      'x-forwarded-for',
      'accept',
      'range',
      'user-agent',
    ),
    fc.oneof(latin, fc.constantFrom('x'.repeat(7_000), '"', '""', ','.repeat(500), KEY.toUpperCase())),
  ),
  fc.tuple(fc.constant('content-encoding'), fc.constantFrom('gzip', 'br', 'identity', 'x, gzip', ' ')),
  fc.constantFrom<[string, string]>(
    ['x-http-method-override', 'DELETE'],
    ['access-control-request-method', 'DELETE'],
    ['if-none-match', '*'],
    ['expect', '100-continue'],
    ['te', 'trailers'],
  ),
)
const bodies = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom<string | Buffer>(
      ...['', '{', 'null', '[]', '"text"', '{}', 'text=x', '\ufeff{}', '{"text":"a","text":7}', 'NaN'],
      ...[
        '{"text":"a","blocks":[]}',
        '{"text":"a","__proto__":{"scopes":[]}}',
        `{"text":"${'x'.repeat(250_000)}"}`,
      ],
      ...[
        Buffer.from([0x1f, 0x8b, 8, 0]),
        Buffer.from('{"text":"\xff"}', 'latin1'),
        Buffer.alloc(262_145, 0x20),
      ],
      ...[`{"text":"a","${'k'.repeat(100_000)}":1}`, `{"people":["${'9'.repeat(100_000)}"]}`],
      ...['x'.repeat(1_100_000), '['.repeat(250_000), '{"a":'.repeat(50_000)],
    ),
  },
  { weight: 1, arbitrary: hostileText },
)
const tokens = ({ secret, revoked, hook }: Program) =>
  fc.oneof(
    fc.constantFrom(
      ...[`Bearer ${revoked}`, `Bearer ${newSecret()}`, `Bearer ${secret}x`, `Bearer ${secret.slice(0, -1)}`],
      ...[
        `Bearer ${secret.toLowerCase()}`,
        `bearer   ${secret}`,
        `Bearer ${secret} ${secret}`,
        secret,
        'Bearer',
      ],
      ...[`Bearer ${hook.split('/').at(-1)}`, `Basic ${btoa(`bot:${secret}`)}`, `Bearer ${'x'.repeat(501)}`],
      ...[`Bearer parley_${'A'.repeat(49)}`, `Bearer ${'x'.repeat(7_000)}`, `Bearer a, Bearer ${secret}`, ''],
    ),
    latin.map((text) => `Bearer ${text}`),
  )

/** One place, made hostile. */
const changes = (program: Program): fc.Arbitrary<Change> =>
  fc.oneof(
    fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND', 'TRACE').map(
      (method): Change =>
        (parts) => ({ ...parts, method }),
    ),
    fc.tuple(fc.nat(), fc.nat(3), pieces).map(
      ([at, how, piece]): Change =>
        (parts) => {
          // behind /api nothing but the API answers
          const place = 1 + (at % Math.max(1, parts.path.length - 1))
          return {
            ...parts,
            path: parts.path.toSpliced(place, how === 0 ? 0 : 1, ...(how === 1 ? [] : [piece])),
          }
        },
    ),
    fc.tuple(queries, fc.boolean()).map(
      ([query, isAlone]): Change =>
        (parts) => ({
          ...parts,
          query: isAlone ? [query] : [...parts.query, query],
        }),
    ),
    headers.map(
      ([name, value]): Change =>
        (parts) => ({
          ...parts,
          headers: { ...parts.headers, [name]: value },
        }),
    ),
    tokens(program).map(
      (authorization): Change =>
        (parts) => ({
          ...parts,
          headers: { ...parts.headers, authorization },
        }),
    ),
    bodies.map(
      (body): Change =>
        (parts) => ({ ...parts, body }),
    ),
  )

/** What a client of Node's would not send. */
const written = ({ method, path, query, headers, body }: Parts, from: string): Asked => ({
  ...{ method, headers: { 'x-forwarded-for': from, ...headers } },
  path: `/${path.join('/')}${query.length > 0 ? `?${query.join('&')}` : ''}`.slice(0, ADDRESS_LENGTH),
  ...(body !== undefined && { body }),
})
/** With the headers, less than the 16 KiB past which nobody reads them. */
const ADDRESS_LENGTH = 7_500

/** One request to the REST API or a webhook, and which it was meant for. */
export const restRequest = (
  program: Program,
  known: Known,
  from: string,
): fc.Arbitrary<{ name: string; asked: Asked }> =>
  fc
    .oneof(
      { weight: 5, arbitrary: fc.constantFrom(...ROWS) },
      { weight: 1, arbitrary: fc.constant(hookRow(program.hook)) },
    )
    .chain((row) =>
      fc
        .tuple(
          wellMade(row, known, program.secret),
          fc.oneof(
            { weight: 2, arbitrary: fc.constant([]) },
            { weight: 3, arbitrary: fc.array(changes(program), { minLength: 1, maxLength: 2 }) },
          ),
        )
        .map(([start, spoiled]) => ({
          name: row.name,
          asked: written(
            spoiled.reduce<Parts>((parts, change) => change(parts), start),
            from,
          ),
        })),
    )
