import fc from 'fast-check'
import type { z } from 'zod'

/**
 * What was seen in answers, by the name of its field, to be asked about again: without it nearly everything is only
 * "not found".
 */
export class Known {
  readonly #named = new Map<string, string[]>()
  #last = 0

  note(field: string, value: string): void {
    const values = this.#named.get(field) ?? []
    this.#named.set(field, values)
    if (!values.includes(value))
      values[values.length < REMEMBERED ? values.length : this.#last++ % REMEMBERED] = value
  }
  of(field: string): string[] {
    return this.#named.get(NAMES[field] ?? field) ?? ['1']
  }
  /** Everything that an answer of the act names. */
  learn(act: string, answer: unknown, field = act.split('.')[0]!): void {
    if (typeof answer === 'string') {
      if (ID.test(answer) || field === 'cursor') this.note(NAMES[field] ?? field, answer)
    } else if (typeof answer === 'object' && answer !== null) {
      for (const [key, value] of Object.entries(answer))
        this.learn(act, value, Array.isArray(answer) || key === 'id' ? field : key)
    }
  }
}
const ID = /^\d{15,19}$/
const REMEMBERED = 8
/** Fields that hold another's kind. */
const NAMES: Record<string, string> = {
  ...{
    root: 'message',
    through: 'message',
    people: 'person',
    ids: 'person',
    actor: 'person',
    bot: 'bots',
    files: 'file',
  },
  ...{ conversations: 'conversation', next: 'cursor', identity: 'provider', messages: 'message' },
}

type Check = {
  check: string
  minimum?: number
  maximum?: number
  value?: number
  inclusive?: boolean
  pattern?: RegExp
}
type Shape = {
  _zod: { def: Record<string, unknown> & { type: string; checks?: { _zod: { def: Check } }[] } }
}

/** Values that a shape of zod takes, as a rule: at the edges of what it takes, and of what is known. */
export function valuesOf(shape: z.ZodType | Shape, known: Known, field = ''): fc.Arbitrary<unknown> {
  const { def } = (shape as Shape)._zod
  const of = (inner: unknown, name = field) => valuesOf(inner as Shape, known, name)
  const maybe = (inner: unknown, otherwise: unknown) =>
    fc.oneof({ weight: 3, arbitrary: of(inner) }, { weight: 1, arbitrary: fc.constant(otherwise) })
  switch (def.type) {
    case 'string':
      return textOf(def, known.of(field))
    case 'number':
      return numberOf(def)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'any':
    case 'unknown':
      return fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.boolean(), fc.nat(400))
    case 'literal':
      return fc.constantFrom(...(def.values as unknown[]))
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries as object))
    case 'array':
      return arrayOf(def, of(def.element))
    case 'tuple':
      return fc.tuple(...(def.items as unknown[]).map((one) => of(one)))
    case 'record':
      return fc.dictionary(of(def.keyType) as fc.Arbitrary<string>, of(def.valueType), { maxKeys: 4 })
    case 'object':
      return fc.record(Object.fromEntries(Object.entries(def.shape as object).map(([k, v]) => [k, of(v, k)])))
    case 'union':
      return fc.oneof(...(def.options as unknown[]).map((one) => of(one)))
    case 'nonoptional':
    case 'prefault':
    case 'readonly':
      return of(def.innerType)
    case 'optional':
    case 'default':
    case 'catch':
      return maybe(def.innerType, undefined)
    case 'nullable':
      return maybe(def.innerType, null)
    case 'pipe':
      return of(def.in)
    case 'transform':
      return fc.string()
    default:
      throw new Error(
        `The fuzzer does not know what a shape of zod's type ${def.type} takes: teach valuesOf.`,
      )
  }
}

/** The same again: what is sent twice is sent once. */
const UUID = '2f1d7e1c-0f6a-4c1b-9d0e-7a5d1c9b2e11'
/** A text of each kind that some pattern asks for. */
const KINDS = [
  'deploys',
  '2026-01-31',
  '2026-01-31T12:00:00Z',
  'Europe/Berlin',
  'en',
  'de',
  '👍',
  'A',
  '12:30',
  '0',
  '-1',
  'conversation',
  'setting',
]

const checksOf = (def: { checks?: { _zod: { def: Check } }[] }): Check[] =>
  (def.checks ?? []).map(({ _zod }) => _zod.def)

const bound = (checks: Check[], kind: string, otherwise: number): number => {
  const found = checks.find(({ check }) => check === kind)
  return found?.minimum ?? found?.maximum ?? found?.value ?? otherwise
}

/** A stretch between the two, most often short; and as long as may be. */
function lengthOf(checks: Check[], longest: number): { least: number; most: number } {
  const least = bound(checks, 'min_length', 0)
  return { least, most: Math.max(least, Math.min(longest, bound(checks, 'max_length', longest))) }
}

function textOf(def: Shape['_zod']['def'], known: string[]): fc.Arbitrary<string> {
  const checks = checksOf(def)
  if (def.format === 'uuid') return fc.oneof(fc.uuid(), fc.constant(UUID))
  if (def.format === 'email') return fc.nat(50).map((n) => `person-${n}@example.org`)
  if (def.format === 'url') return fc.nat(50).map((n) => `https://example.invalid/${n}`)
  const pattern = checks.find(({ check }) => check === 'string_format')?.pattern
  if (pattern?.test('12') && !pattern.test('a'))
    return fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...known) },
      fc.constantFrom('0', '1', '9223372036854775807'),
    )
  if (pattern)
    return fc.oneof(
      fc.constantFrom(...KINDS.filter((one) => pattern.test(one)), ''),
      fc.string({ maxLength: 12 }),
    )
  const { least, most } = lengthOf(checks, 60)
  const longest = bound(checks, 'max_length', 60)
  return fc.oneof(
    { weight: 6, arbitrary: fc.string({ unit: 'grapheme', minLength: least, maxLength: most }) },
    { weight: 2, arbitrary: fc.constantFrom(...known) },
    fc
      .constantFrom('x', '\u00df', '\u0130'.repeat(3), '%_\\')
      .map((sign) => sign.repeat(longest).slice(0, longest)),
  )
}

function numberOf(def: Shape['_zod']['def']): fc.Arbitrary<number> {
  const checks = checksOf(def)
  const least = bound(checks, 'greater_than', -(2 ** 53 - 1))
  const most = bound(checks, 'less_than', 2 ** 53 - 1)
  const small = fc.integer({ min: Math.max(0, least), max: Math.max(least, Math.min(most, 300)) })
  return fc.oneof({ weight: 5, arbitrary: small }, fc.constantFrom(least, most, Date.now()))
}

function arrayOf(def: Shape['_zod']['def'], element: fc.Arbitrary<unknown>): fc.Arbitrary<unknown[]> {
  const { least, most } = lengthOf(checksOf(def), 5)
  const few = fc.array(element, { minLength: least, maxLength: most })
  const many = lengthOf(checksOf(def), 200).most
  return fc.oneof(
    { weight: 12, arbitrary: few },
    { weight: 1, arbitrary: fc.array(element, { minLength: many, maxLength: many }) },
  )
}
