import { describe, expect, it } from 'vitest'
import { mentionAt, toDisplay, toWire } from '../features/composer/mention-text.ts'

const people: [string, string][] = [
  ['Ann', '1'],
  ['Ann Lee', '2'],
  ['Zoë (ops)', '3'],
]

describe('mentions in what alice writes', () => {
  it('become ids, the longer name first', () => {
    expect(toWire('@Ann Lee and @Ann, see @Zoë (ops)', people)).toBe('<@2> and <@1>, see <@3>')
  })
  it('are only of people she chose, and not parts of words or addresses', () => {
    expect(toWire('@bob, mail me at x@Ann.example', people)).toBe('@bob, mail me at x@Ann.example')
    expect(toWire('@Anna', people)).toBe('@Anna')
  })
  it('stay text in code', () => {
    expect(toWire('`@Ann` and\n```\n@Ann\n```\n@Ann', people)).toBe('`@Ann` and\n```\n@Ann\n```\n<@1>')
  })
  it('of everybody are tokens too', () => {
    expect(toWire('@channel @here', [])).toBe('<!channel> <!here>')
  })
  it('come back as names for editing, and go out the same', () => {
    const wire = 'hi <@2>, <!here>'
    const shown = toDisplay(wire, (id) => people.find(([, each]) => each === id)?.[0])
    expect(shown.text).toBe('hi @Ann Lee, @here')
    expect(toWire(shown.text, shown.people)).toBe(wire)
  })
  it('come back the same of mallory, whose name would mention everybody', () => {
    const shown = toDisplay('<@4>', () => 'M <!channel>')
    expect(toWire(shown.text, shown.people)).toBe('<@4>')
  })
  it('of somebody unknown stay as they are', () => {
    expect(toDisplay('<@9>', () => undefined)).toEqual({ text: '<@9>', people: [] })
  })
})

describe('the list of people', () => {
  it('opens after an @ at the beginning of a word', () => {
    expect(mentionAt('hi @bo', 6)).toEqual({ from: 3, query: 'bo' })
    expect(mentionAt('@', 1)).toEqual({ from: 0, query: '' })
    expect(mentionAt('(@ann l', 7)).toEqual({ from: 1, query: 'ann l' })
  })
  it('stays shut in an address', () => {
    expect(mentionAt('mail x@y', 8)).toBeNull()
    expect(mentionAt('plain', 5)).toBeNull()
  })
})
