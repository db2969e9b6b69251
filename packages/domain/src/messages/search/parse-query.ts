import { type Id, ParleyError, zId } from '@parley/protocol'

/** A day as people write it, `2026-01-31`; which hours it has is decided by who asks, in their time zone. */
export type Day = string
export type WhoOrWhere = { id: Id } | { name: string }

/** What somebody is looking for, as one question. */
export type SearchQuery = {
  /** Words, "phrases", -exclusions and `or`, as PostgreSQL's websearch_to_tsquery takes them; '' for none. */
  words: string
  /** Of these what a result shows as found: all but the exclusions. */
  marked: string
  /** The last word, which may not be finished: matched as a beginning; '' for none. */
  beginning: string
  /** It asks for nothing that could be looked for: it is empty, a filter without a value, only an emoji. */
  empty: boolean
  /** Any of these sent it. */
  from: WhoOrWhere[]
  /** It was said in any of these: a channel by name, or a direct conversation by the other's name (`@bob`). */
  in: (WhoOrWhere & { direct: boolean })[]
  before: Day | null
  after: Day | null
  on: Day | null
  has: ('link' | 'file')[]
}

const TOKEN = /(?:[a-z]+:|-)?"[^"]*"?|\S+/gi
const FILTER = /^(from|in|before|after|on|has):(.*)$/is
const PERSON = /^<@(\d+)>$/
const CHANNEL = /^<#(\d+)>$/

/**
 * Reads what somebody typed. A filter without a value yet (`from:`) is passed over, an unknown one is words.
 * @throws ParleyError('bad_input') for a day that is none, and for `has:` something unknown
 */
export function parseQuery(text: string): SearchQuery {
  const query: SearchQuery = {
    words: '',
    marked: '',
    beginning: '',
    empty: false,
    from: [],
    in: [],
    before: null,
    after: null,
    on: null,
    has: [],
  }
  const words: string[] = []
  let filters = 0
  for (const [token] of text.matchAll(TOKEN)) {
    const [, filter, raw] = FILTER.exec(token) ?? []
    if (filter === undefined) words.push(token)
    else if (take(query, filter.toLowerCase() as Filter, raw!.replaceAll('"', '').trim())) filters += 1
  }
  const safe = words.flatMap(safeWords)
  const empty = safe.length === 0 && (words.length > 0 || filters === 0)
  return { ...query, ...finish(safe, /\s$/.test(text)), empty }
}

type Filter = 'from' | 'in' | 'before' | 'after' | 'on' | 'has'

/** @returns false for a filter that has no value yet */
function take(query: SearchQuery, filter: Filter, value: string): boolean {
  if (value === '') return false
  switch (filter) {
    case 'from': {
      const id = idIn(value, PERSON)
      query.from.push(id ? { id } : { name: value.replace(/^@/, '').toLowerCase() })
      break
    }
    case 'in': {
      const id = idIn(value, CHANNEL)
      const name = value.replace(/^[#@]/, '').toLowerCase()
      query.in.push({ ...(id ? { id } : { name }), direct: value.startsWith('@') })
      break
    }
    case 'has': {
      const what = value.toLowerCase().replace(/s$/, '')
      if (what !== 'link' && what !== 'file') throw says('has: takes link or file.')
      query.has.push(what)
      break
    }
    default:
      if (!isDay(value)) throw says(`${filter}: takes a day such as 2026-01-31.`)
      query[filter] = value
  }
  return true
}

const idIn = (value: string, token: RegExp): Id | undefined => zId.safeParse(token.exec(value)?.[1]).data

const says = (message: string) => new ParleyError('bad_input', message, { field: 'query' })

/** Within the time that ids reach (ids.ts). */
function isDay(text: string): boolean {
  if (!/^(19\d\d|20[0-7]\d)-\d\d-\d\d$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

type Words = Pick<SearchQuery, 'words' | 'marked' | 'beginning'>

/** The last word counts as begun, unless it is quoted, excluded, or what `or` leads to. */
function finish(safe: string[], ended: boolean): Words {
  const last = safe.at(-1) ?? ''
  const whole = ended || /^-|"|^or$/i.test(last) || /^or$/i.test(safe.at(-2) ?? '')
  const words = whole ? safe : safe.slice(0, -1)
  return {
    words: words.join(' '),
    marked: words.filter((word) => !word.startsWith('-')).join(' '),
    beginning: whole ? '' : last,
  }
}

/** What words are made of: letters, digits, and what addresses, paths and names of things in code are held together by. */
const NOT_OF_WORDS = /[^\p{L}\p{M}\p{N}_./:@#+'&=?%~-]+/u
const LEADING = /^[^\p{L}\p{M}\p{N}]+/u

/**
 * What a token may ask of the database: a "phrase" or a word, excluded or not. Signs that stand alone are left out:
 * PostgreSQL keeps a stack of exclusions, and fails when it runs over.
 */
function safeWords(token: string): string[] {
  const not = token.startsWith('-') ? '-' : ''
  const quoted = /^-?"([^"]*)"?$/.exec(token)?.[1]
  if (quoted !== undefined) return /[\p{L}\p{N}]/u.test(quoted) ? [`${not}"${quoted}"`] : []
  return token
    .split(NOT_OF_WORDS)
    .map((part) => part.replace(LEADING, ''))
    .filter((part) => part !== '')
    .map((part) => not + part)
}
