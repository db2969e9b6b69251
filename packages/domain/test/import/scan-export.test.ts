import { describe, expect, test } from 'vitest'
import { ExportProblem } from '../../src/import/export-problem.ts'
import { rulesFor } from '../../src/import/keep.ts'
import { outline } from '../../src/import/outline.ts'
import { Remarks } from '../../src/import/remarks.ts'
import { scanExport } from '../../src/import/scan-export.ts'
import { at, type Described, memoryExport, person, said } from './memory-export.ts'

const people = [
  person('UALICE', { displayName: 'Alice', email: 'Alice@Example.org ' }),
  person('UBOB', { realName: 'Bob', email: 'alice@example.org', deleted: true }),
]
const general = (messages: Described['messages'], more: Partial<Described> = {}): Described => ({
  id: 'CGENERAL',
  name: 'general',
  messages,
  ...more,
})
const scan = (described: Described[], unknownPeople: 'refuse' | 'placeholder' | 'skip' = 'refuse') =>
  scanExport(memoryExport(people, described), { unknownPeople, now: at(1_000_000) / 1_000 })

describe('a dry run', () => {
  test('counts people, messages, threads and the span of time', async () => {
    const { report } = await scan([
      general({
        '2020-01-01': [said(1, 'UALICE', 'root'), said(2, 'UBOB', 'reply', { threadTs: at(1) })],
        '2020-01-02': [said(90_000, 'UBOB', 'next day')],
      }),
      { id: 'DAB', kind: 'direct', messages: { '2020-01-01': [said(5, 'UALICE', 'hi')] } },
    ])
    expect(report).toMatchObject({
      messages: 4,
      replies: 1,
      threads: 1,
      oldest: at(1) / 1_000,
      newest: at(90_000) / 1_000,
      people: { total: 2, deactivated: 1, withEmail: 1 },
      problems: [],
    })
    expect(report.conversations.map(({ name, kind, messages }) => [name, kind, messages])).toEqual([
      ['general', 'public', 3],
      [null, 'direct', 1],
    ])
  })

  test('tells of every bad file, not only the first, and of what is right besides', async () => {
    const broken = (file: string) => new ExportProblem(file, 'This is not valid JSON from line 1, column 2.')
    const { report } = await scan([
      general({
        '2020-01-01': broken('general/2020-01-01.json'),
        '2020-01-02': [said(90_000, 'UBOB', 'fine')],
        '2020-01-03': broken('general/2020-01-03.json'),
      }),
    ])
    expect(report.problems.map(({ file }) => file)).toEqual([
      'general/2020-01-01.json',
      'general/2020-01-03.json',
    ])
    expect(report.messages).toBe(1)
  })

  test('refuses unknown people by name and place, until the administrator decides', async () => {
    const described = [
      general({ '2020-01-01': [said(1, 'UMALLORY', 'a'), said(2, 'UALICE', 'b'), said(3, 'UMALLORY', 'c')] }),
    ]
    const refused = (await scan(described)).report
    expect(refused.problems.map(({ file, message }) => [file, message])).toEqual([
      ['general/2020-01-01.json', 'UMALLORY wrote 2 of the messages but is not in users.json.'],
    ])
    expect(refused.unknownPeople).toBe(1)

    const kept = (await scan(described, 'placeholder')).report
    expect(kept).toMatchObject({ messages: 3, problems: [], people: { total: 3, placeholders: 1 } })
    expect(kept.remarks.get('changed.author')).toEqual({ count: 1, examples: ['UMALLORY'] })

    const left = (await scan(described, 'skip')).report
    expect(left).toMatchObject({ messages: 1, problems: [], people: { total: 2, placeholders: 0 } })
    expect(left.remarks.get('skipped.author')?.count).toBe(2)
  })

  test('refuses messages from the future', async () => {
    const { report } = await scan([general({ '2020-02-01': [said(2_000_000, 'UBOB', 'soon')] })])
    expect(report.problems.map(({ message }) => message)).toEqual([
      'A message is dated 2020-01-24, which is still to come.',
    ])
  })

  test('gives an address that two people share to the one who is still there', async () => {
    const { plan, report } = await scan([general({})])
    expect(plan.people.map(({ name, email, deactivated }) => [name, email, deactivated])).toEqual([
      ['Alice', 'alice@example.org', false],
      ['Bob', null, true],
    ])
    expect(report.remarks.get('changed.email')?.count).toBe(1)
  })

  test('makes the same plan every time', async () => {
    const described = [general({ '2020-01-01': [said(1, 'UALICE', 'x')] })]
    const [first, second] = [await scan(described), await scan(described)]
    expect(second.plan.people).toEqual(first.plan.people)
    expect(second.plan.conversations.map(({ id }) => id)).toEqual(
      first.plan.conversations.map(({ id }) => id),
    )
  })

  test('leaves out direct conversations that would have one person', async () => {
    const alone: Described = {
      id: 'DA',
      kind: 'direct',
      members: ['UALICE'],
      messages: { '2020-01-01': [said(1, 'UALICE', 'note')] },
    }
    const { report } = await scan([general({}), alone])
    expect(report.conversations).toHaveLength(1)
    expect(report.remarks.get('skipped.direct')?.count).toBe(1)
  })
})

describe('the outline of a conversation', () => {
  const read = async (messages: Described['messages']) => {
    const source = memoryExport(people, [general(messages)])
    const remarks = new Remarks()
    const found = await outline(source, source.conversations[0]!, rulesFor(people, 'refuse'), remarks, {
      now: at(1_000_000) / 1_000,
    })
    return { ...found, remarks: remarks.all() }
  }

  test('knows each thread’s replies and the first five who replied, in order', async () => {
    const replies = ['UBOB', 'UALICE', 'UBOB'].map((user, n) => said(2 + n, user, 'r', { threadTs: at(1) }))
    const { threads } = await read({
      '2020-01-01': [said(1, 'UALICE', 'root', { threadTs: at(1) }), ...replies],
    })
    expect([...threads]).toEqual([
      [at(1), { replies: 3, lastTs: at(4), people: ['slack:UBOB', 'slack:UALICE'] }],
    ])
  })

  test('makes roots of replies whose root is missing, is left out, is a reply, or comes after them', async () => {
    const { threads, times, remarks } = await read({
      '2020-01-01': [
        said(1, 'UBOB', 'joined', { subtype: 'channel_join' }),
        said(2, 'UBOB', 'to a notice', { threadTs: at(1) }),
        said(3, 'UBOB', 'to nothing', { threadTs: at(-5) }),
        said(4, 'UALICE', 'to a reply', { threadTs: at(3) }),
        said(5, 'UALICE', 'to what comes after', { threadTs: at(6) }),
        said(6, 'UALICE', 'what comes after'),
      ],
    })
    expect([...threads]).toEqual([])
    expect(times).toEqual([2, 3, 4, 5, 6].map(at))
    expect(remarks.get('changed.root')?.count).toBe(4)
  })

  test('counts a message that the export holds twice once', async () => {
    const reply = said(2, 'UBOB', 'r', { threadTs: at(1) })
    const { times, threads, remarks } = await read({
      '2020-01-01': [said(1, 'UALICE', 'root'), reply],
      '2020-01-02': [reply],
    })
    expect(times).toEqual([at(1), at(2)])
    expect(threads.get(at(1))?.replies).toBe(1)
    expect(remarks.get('skipped.twice')?.count).toBe(1)
  })

  test('reads days together whose times overlap, and only those', async () => {
    const { chunks, times } = await read({
      '2020-01-01': [said(10, 'UBOB', 'x'), said(100, 'UBOB', 'x')],
      '2020-01-02': [said(50, 'UBOB', 'x')],
      '2020-01-03': [said(200, 'UBOB', 'x')],
    })
    expect(chunks.map((chunk) => chunk.map(({ path }) => path.slice(8, 18)))).toEqual([
      ['2020-01-01', '2020-01-02'],
      ['2020-01-03'],
    ])
    expect(times).toEqual([10, 50, 100, 200].map(at))
  })
})
