/** What xmldom makes has the types of the DOM. */
export type Document = globalThis.Document
export type Element = globalThis.Element
type Node = globalThis.Node

/** What arrives is not XML that we take. The message says why, for the administrator. */
export class BadXml extends Error {
  override readonly name = 'BadXml'
}

const DEPTH = 64
/** An element, an attribute and a namespace each begin with one of these; text may hold a few as well. */
const TAGS = /<[^/]/g
const EQUALS = /=/g
const XMLNS = /xmlns/g
/** For each element: some providers declare two namespaces on every single value. */
const NAMESPACES = 2
const ATTRIBUTES = 5

export type Bounds = { length: number; elements: number }

/**
 * Parses XML of strangers: bounded in size, depth and parts, which are counted before anything is parsed (parsing,
 * canonicalising and looking for what a signature names cost the square of their number), without DOCTYPE (no entities,
 * so no expansion and no files), processing instructions or comments (canonicalisation drops comments, so that a signed
 * name could be cut in two by one). Whatever a lenient parser would put up with is an error.
 */
export async function readXml(xml: string, most: Bounds): Promise<Document> {
  if (xml.length > most.length) throw new BadXml(`it is longer than ${most.length} characters`)
  if (count(xml, TAGS) > most.elements) throw new BadXml(`it holds more than ${most.elements} elements`)
  if (count(xml, XMLNS) > most.elements * NAMESPACES) throw new BadXml('it declares too many namespaces')
  if (count(xml, EQUALS) > most.elements * ATTRIBUTES) throw new BadXml('it holds too many attributes')
  const bare = xml.replace(/^\ufeff?\s*<\?xml\s[^?]*\?>/, '')
  if (/<!doctype|<!entity/i.test(bare)) throw new BadXml('it holds a document type')
  if (bare.includes('<!--')) throw new BadXml('it holds a comment')
  if (bare.includes('<?')) throw new BadXml('it holds a processing instruction')
  const { DOMParser } = await import('@xmldom/xmldom')
  const complaints: string[] = []
  const complain = (what: string) => void complaints.push(what)
  let document: Document | undefined
  try {
    document = new DOMParser({
      locator: {},
      errorHandler: { warning: complain, error: complain, fatalError: complain },
    }).parseFromString(bare, 'text/xml')
  } catch {
    throw new BadXml('it is not well-formed')
  }
  const root = document?.documentElement
  if (!document || !root || complaints.length > 0) throw new BadXml('it is not well-formed')
  if (depthOf(root, DEPTH) > DEPTH) throw new BadXml('it is nested too deeply')
  return document
}

function count(text: string, what: RegExp): number {
  let found = 0
  for (const _ of text.matchAll(what)) found++
  return found
}

/** Stops as soon as it is more than `bound`. */
function depthOf(element: Element, bound: number): number {
  if (bound < 0) return 1
  return 1 + Math.max(0, ...elements(element).map((child) => depthOf(child, bound - 1)))
}

/** Children that are elements. */
export function elements(parent: Node): Element[] {
  const found: Element[] = []
  for (let child = parent.firstChild; child; child = child.nextSibling)
    if (child.nodeType === 1) found.push(child as Element)
  return found
}

export const children = (parent: Node, namespace: string, name: string): Element[] =>
  elements(parent).filter((child) => child.namespaceURI === namespace && child.localName === name)

/** Everything below, the element itself included, whatever its namespace. */
export function all(element: Element): Element[] {
  const found: Element[] = [element]
  for (let i = 0; i < found.length; i++) found.push(...elements(found[i]!))
  return found
}

/** Null where it is missing, which is not the same as empty. */
export const attribute = (element: Element, name: string): string | null =>
  element.hasAttribute(name) ? element.getAttribute(name) : null

/** All text in it. @throws BadXml when there are elements in it too: text between them is nobody's value */
export function textOf(element: Element): string {
  if (elements(element).length > 0) throw new BadXml(`${element.localName} holds more than text`)
  return (element.textContent ?? '').trim()
}
