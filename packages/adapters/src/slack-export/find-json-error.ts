export type Position = {
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 code units. */
  readonly column: number
}

type Expects = 'value' | 'first-value-or-]' | 'first-key-or-}' | 'key' | ':' | ', or close' | 'end'

const PUNCTUATION = /[[\]{}:,]/y
const WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
/** RFC 8259 §7. In two parts and a loop: one pattern for a whole string could backtrack for hours. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: raw control characters are what §7 forbids
const PLAIN = /[^"\\\u0000-\u001f]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const SPACE = /[ \t\n\r]*/y

/**
 * Where a text stops being JSON (RFC 8259). Called only for a text that `JSON.parse` has refused, since V8 names
 * no position for some faults and quotes the text, which may be private, for others.
 * Keeps its own stack: a text of nothing but brackets must not overflow ours.
 */
export function findJsonError(text: string): Position {
  const open: ('[' | '{')[] = []
  let expects: Expects = 'value'
  let at = 0
  for (;;) {
    at = endOf(SPACE, text, at)
    const end = endOfToken(text, at)
    if (end === at) return positionOf(text, at)
    const next = after(text[at]!, expects, open)
    if (next === null) return positionOf(text, at)
    expects = next
    at = end
  }
}

/** Where `pattern`, matched at `at`, ends; `at` itself when it does not match. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

function endOfToken(text: string, at: number): number {
  if (text[at] !== '"') return Math.max(endOf(PUNCTUATION, text, at), endOf(WORD, text, at))
  let end = at + 1
  for (;;) {
    end = endOf(PLAIN, text, end)
    if (text[end] === '"') return end + 1
    const escaped = endOf(ESCAPE, text, end)
    if (escaped === end) return at
    end = escaped
  }
}

/** What may follow a token that begins with `token`, or null when it may not stand where `expects` was awaited. */
function after(token: string, expects: Expects, open: ('[' | '{')[]): Expects | null {
  const afterValue = (): Expects => (open.length === 0 ? 'end' : ', or close')
  const close = (): Expects => {
    open.pop()
    return afterValue()
  }
  const inside = open.at(-1)
  switch (expects) {
    case 'end':
      return null
    case ':':
      return token === ':' ? 'value' : null
    case ', or close':
      if (token === ',') return inside === '{' ? 'key' : 'value'
      return (token === ']' && inside === '[') || (token === '}' && inside === '{') ? close() : null
    case 'first-key-or-}':
      if (token === '}') return close()
      return token === '"' ? ':' : null
    case 'key':
      return token === '"' ? ':' : null
    case 'first-value-or-]':
    case 'value':
      if (token === ']' && expects === 'first-value-or-]') return close()
      if (token === '[' || token === '{') {
        open.push(token)
        return token === '[' ? 'first-value-or-]' : 'first-key-or-}'
      }
      return ']}:,'.includes(token) ? null : afterValue()
  }
}

function positionOf(text: string, at: number): Position {
  let line = 1
  let start = 0
  for (let next = text.indexOf('\n'); next !== -1 && next < at; next = text.indexOf('\n', start)) {
    line += 1
    start = next + 1
  }
  return { line, column: at - start + 1 }
}
