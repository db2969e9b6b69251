import hljs from 'highlight.js/lib/common'

/** A run of code in one style. */
export type Highlighted = { text: string; style: string | undefined }

/** The scopes that highlight.js gives, by our roles; others keep the colour of text. */
const styles: Record<string, string> = {
  keyword: 'text-accent-text font-medium',
  built_in: 'text-accent-text',
  literal: 'text-accent-text',
  type: 'text-accent-text',
  'selector-tag': 'text-accent-text',
  name: 'text-accent-text',
  string: 'text-success-text',
  regexp: 'text-success-text',
  addition: 'text-success-text',
  number: 'text-warning-text',
  symbol: 'text-warning-text',
  attr: 'text-warning-text',
  attribute: 'text-warning-text',
  meta: 'text-warning-text',
  deletion: 'text-danger-text',
  comment: 'text-muted italic',
  quote: 'text-muted italic',
  title: 'text-strong font-medium',
  section: 'text-strong font-medium',
}

/** Longer code is shown plain: colouring it would hold up the page, in some languages as the square of its length. */
const longestColoured = 3_000
/** A language in which that still took so long is not coloured again: there may be more where it came from. */
const slowMs = 100
const slow = new Set<string>()

type Node = string | { scope?: string; children: Node[] }

/** Code cut into runs. Read from the highlighter's tree, so that its HTML is never needed. */
export function highlight(code: string, language: string): Highlighted[] {
  const known = code.length <= longestColoured && language !== '' && hljs.getLanguage(language)
  const name = known ? (known.name ?? language) : ''
  if (!known || slow.has(name)) return [{ text: code, style: undefined }]
  const began = performance.now()
  const result = hljs.highlight(code, { language, ignoreIllegals: true })
  if (performance.now() - began > slowMs) slow.add(name)
  const tree = result._emitter as unknown as { rootNode: Node }
  const runs: Highlighted[] = []
  const walk = (node: Node, style: string | undefined) => {
    if (typeof node === 'string') runs.push({ text: node, style })
    else {
      const own = styles[node.scope?.split('.')[0] ?? ''] ?? style
      for (const child of node.children) walk(child, own)
    }
  }
  walk(tree.rootNode, undefined)
  return runs
}
