import type { Atoms } from './atoms.ts'
import { decode } from './decode.ts'
import { linkTo, plainLink } from './links.ts'
import type { Dangling, Resolver } from './resolver.ts'

/** `<…>`: in Slack's text a literal `<` is always `&lt;`, so what stands in these is a reference. */
const TOKEN = /<([^<>\n]+)>/g
const EVERYONE: ReadonlyMap<string, string> = new Map([
  ['channel', '<!channel>'],
  ['everyone', '<!channel>'],
  ['group', '<!channel>'],
  ['here', '<!here>'],
])

/**
 * Turns references into ours: people and conversations by id, so that they survive renaming, links by Markdown.
 * Returns text that is still encoded, with atoms in the places of references.
 * Source: https://docs.slack.dev/messaging/formatting-message-text#advanced
 */
export function convertTokens(text: string, atoms: Atoms, resolver: Resolver, dangling: Dangling): string {
  return text.replace(TOKEN, (_, inside: string) => {
    const { sigil, target, label } = split(inside)
    switch (sigil) {
      case '@': {
        const id = resolver.person(target)
        if (id !== null) return atoms.keep(`<@${id}>`)
        dangling.people.push(target)
        return `@${label || target}`
      }
      case '#': {
        const id = resolver.conversation(target)
        if (id !== null) return atoms.keep(`<#${id}>`)
        dangling.conversations.push(target)
        return `#${label || target}`
      }
      case '!': {
        const token = EVERYONE.get(target)
        return token === undefined ? label || `@${target}` : atoms.keep(token)
      }
      default:
        return linkTo(decode(target), label, atoms)
    }
  })
}

/** The same references within code, where they are only text: as Slack showed them, by name. */
export function plainTokens(text: string, resolver: Resolver): string {
  return text.replace(TOKEN, (_, inside: string) => {
    const { sigil, target, label } = split(inside)
    switch (sigil) {
      case '@':
        return `@${label || resolver.personName(target) || target}`
      case '#':
        return `#${label || target}`
      case '!':
        return label || `@${target}`
      default:
        return label || plainLink(target)
    }
  })
}

function split(inside: string): { sigil: string; target: string; label: string } {
  const bar = inside.indexOf('|')
  const whole = bar === -1 ? inside : inside.slice(0, bar)
  const label = bar === -1 ? '' : inside.slice(bar + 1)
  const sigil = '@#!'.includes(whole[0] ?? ' ') ? whole[0]! : ''
  return { sigil, target: whole.slice(sigil.length), label }
}
