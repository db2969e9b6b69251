import { REMARKS, type Remark, type Report } from '@parley/domain/import/index'
import { count } from './progress-bar.ts'

/** A large export can have thousands of either; the first ones name the cause. */
const PROBLEMS_SHOWN = 20
const CONVERSATIONS_SHOWN = 50

/** What a scan found, as lines for a person. */
export function describeReport(report: Report): string[] {
  const { people } = report
  return [
    `${report.source.name}: ${count(report.source.bytes)} bytes, SHA-256 ${report.source.fingerprint}`,
    '',
    `  people         ${count(people.total)}${aside([
      [people.bots, 'bots'],
      [people.deactivated, 'deactivated'],
      [people.placeholders, 'placeholders'],
      [people.total - people.withEmail, 'without an e-mail address'],
    ])}`,
    `  conversations  ${count(report.conversations.length)}`,
    `  messages       ${count(report.messages)}, of these ${count(report.replies)} replies in ${count(report.threads)} threads`,
    `  from           ${report.oldest === null ? '–' : time(report.oldest)}`,
    `  to             ${report.newest === null ? '–' : time(report.newest)}`,
    '',
    ...conversations(report),
    ...remarks(report, 'skipped', 'Left out:'),
    ...remarks(report, 'changed', 'Changed on the way:'),
    ...problems(report),
  ]
}

const time = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`
const day = (at: number | null): string => (at === null ? '–' : new Date(at).toISOString().slice(0, 10))

function aside(parts: readonly (readonly [number, string])[]): string {
  const said = parts.filter(([n]) => n > 0).map(([n, what]) => `${count(n)} ${what}`)
  return said.length > 0 ? `, of these ${said.join(', ')}` : ''
}

function conversations({ conversations }: Report): string[] {
  const largest = [...conversations].sort((a, b) => b.messages - a.messages)
  const lines = largest.slice(0, CONVERSATIONS_SHOWN).map((c) => {
    const name = (c.name === null ? `(${c.kind})` : `#${c.name}`).padEnd(24)
    return `  ${name} ${count(c.messages).padStart(9)} messages ${count(c.members).padStart(7)} members   ${day(c.oldest)} to ${day(c.newest)}`
  })
  const more = largest.length - CONVERSATIONS_SHOWN
  if (more > 0) lines.push(`  and ${count(more)} smaller ones`)
  return lines.length > 0 ? [...lines, ''] : []
}

function remarks(report: Report, kind: 'skipped' | 'changed', title: string): string[] {
  const lines = [...report.remarks]
    .filter(([remark]) => remark.startsWith(kind))
    .map(([remark, seen]) => line(remark, seen.count, seen.examples))
  return lines.length > 0 ? [title, ...lines, ''] : []
}

const line = (remark: Remark, times: number, examples: readonly string[]): string =>
  `  ${count(times).padStart(9)}  ${REMARKS[remark]} (${examples.join(', ')}${times > examples.length ? ', …' : ''})`

function problems({ problems, unknownPeople }: Report): string[] {
  if (problems.length === 0) return []
  const shown = problems
    .slice(0, PROBLEMS_SHOWN)
    .map(({ file, message }) => `  ${file ?? 'The export'}: ${message}`)
  const more = problems.length - PROBLEMS_SHOWN
  if (more > 0) shown.push(`  and ${count(more)} more`)
  const decide =
    unknownPeople === 0
      ? []
      : [
          'Decide about unknown people with --unknown-people=placeholder (keep their messages) or =skip (leave them out).',
        ]
  return [`Problems (${count(problems.length)}):`, ...shown, ...decide, '']
}
