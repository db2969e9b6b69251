import type { Imported } from '@parley/domain/import/index'
import { count } from './progress-bar.ts'

/** What a run added, as lines for a person. */
export function describeImported({ before, people, messages, conversations, renamed }: Imported): string[] {
  if (before === 'already') return ['This export has been imported already: nothing was added.']
  const lines = [
    `${before === 'resumed' ? 'Went on with the interrupted import' : 'Imported'}: ${count(messages)} messages, ${count(conversations.added)} conversations, ${count(people.added)} people.`,
  ]
  if (people.linked > 0)
    lines.push(
      `${count(people.linked)} people were here already under the same e-mail address: their messages are theirs.`,
    )
  if (conversations.here > 0)
    lines.push(
      `${count(conversations.here)} conversations had been imported before and were left as they are.`,
    )
  if (conversations.taken > 0)
    lines.push(
      `${count(conversations.taken)} direct conversations exist here already between the same people and were left as they are.`,
    )
  for (const { from, to } of renamed) lines.push(`#${from} is #${to} here: there was a channel of that name.`)
  lines.push('Imported people have no password: invite them in the console.')
  return lines
}
