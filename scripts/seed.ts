import { hkdfSync, randomUUID } from 'node:crypto'
import { readConfig } from '@parley/adapters/config'
import { openContext } from '@parley/adapters/context'
import { type Actor, type Job, perform } from '@parley/domain'
import { acceptInvitation, invite } from '@parley/domain/accounts/index'
import type { Deps } from '@parley/domain/deps'
import { IMPORT_NODES, runImport, scanExport } from '@parley/domain/import/index'
import { setUp } from '@parley/domain/organisation/index'
import { orThrow } from '@parley/domain/refusal'
import { type Id, idSource } from '@parley/protocol'
import { COLLEAGUES, SIGN_INS } from './seed/people.ts'
import { SAMPLE_DOMAIN, sampleExport } from './seed/sample-export.ts'
import { WORDS } from './seed/words.ts'

/**
 * Makes the sample organisation of `npm start -- --demo`: history by the import, people by invitations, news by sending.
 * In an installation that has an organisation already it makes nothing; in one of its own it tells the sign-ins again.
 */
const ORGANISATION = 'Harbour & Sons'
const from = { device: null, agent: 'npm start -- --demo' }
const visitor: Actor = { kind: 'anonymous', address: '127.0.0.1' }

const NEWS = [
  ['voyages', '`Aurora` is through the lock. Pilot on board.'],
  ['voyages', '{alice} can you move the `Delfin` to Thursday? The agent in Bergen asks.'],
  ['software', 'Release 4.31 is out. **No** migration this time.'],
  ['random', 'The cardamom buns are gone. I regret nothing.'],
] as const

const context = await openContext(readConfig())
try {
  const { deps } = context
  const [there] = await deps.db.sql<{ name: string }>`SELECT name FROM organisation LIMIT 1`
  if (there && there.name !== ORGANISATION) {
    console.log(
      `  ${there.name} is here already: the sample organisation is made in an empty installation only.`,
    )
  } else {
    if (!there) await make(deps)
    tellSignIns()
  }
} finally {
  await context.close()
}

async function make(deps: Deps): Promise<void> {
  const source = sampleExport(deps.now().getTime())
  const scan = await scanExport(source, { unknownPeople: 'refuse' })
  const newId = idSource(IMPORT_NODES.first + IMPORT_NODES.count - 1)
  const operator = { kind: 'system', name: 'npm start -- --demo' } as const
  await runImport({ db: deps.db, newId }, operator, source, scan)
  const owner = await becomeOwner(deps)
  for (const person of SIGN_INS.slice(1)) await letIn(deps, owner, person)
  // Colleagues are there to be seen and written to; nobody signs in as them.
  await deps.db.sql`UPDATE people SET status = 'active' WHERE status = 'imported'`
  await writeNews(deps)
  await deps.messages.drain()
  console.log(
    `  ${ORGANISATION}: ${SIGN_INS.length + COLLEAGUES.length} people, ${source.conversations.length} conversations, ${scan.report.messages} messages of ninety days.`,
  )
}

function address(mail: string): string {
  return `${mail}@${SAMPLE_DOMAIN}`
}

async function becomeOwner(deps: Deps): Promise<Actor> {
  const { name, mail, role } = SIGN_INS[0]
  const input = {
    organisation: ORGANISATION,
    name,
    email: address(mail),
    password: passwordOf(role),
    ...from,
  }
  const made = await perform(setUp, visitor, input, deps)
  const { person: id, session, deviceId: device } = made
  return { kind: 'person', id, name, role, session, device, address: '127.0.0.1' }
}

/** Through an invitation like anybody; the mail with its link is read here instead of being sent. */
async function letIn(
  deps: Deps,
  owner: Actor,
  { role, mail, name }: { role: string; mail: string; name: string },
): Promise<void> {
  const jobs: Job[] = []
  const queue = { ...deps.queue, add: async (more: Job[]) => void jobs.push(...more) }
  await perform(invite, owner, { email: address(mail), name, role }, { ...deps, queue })
  await until(() => jobs.length > 0)
  const text = jobs.map((job) => (job.name === 'mail.send' ? job.payload.text : '')).join()
  const token = /\/invitation\/([\w-]+)/.exec(text)?.[1] ?? ''
  const given = { token, name, password: passwordOf(role), ...from }
  orThrow(await perform(acceptInvitation, visitor, given, deps))
}

/** What was committed is handed on a moment later. */
async function until(done: () => boolean): Promise<void> {
  for (let tries = 0; !done(); tries++) {
    if (tries === 200) throw new Error('The invitation was not handed on.')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** So that there is something unread: history counts as read. */
async function writeNews(deps: Deps): Promise<void> {
  const [alice] = await deps.db.sql<{ id: Id }>`SELECT id FROM people WHERE email = ${address('alice')}`
  for (const [channel, text] of NEWS) {
    const [by] = await deps.db.sql<{ conversation: Id; sender: Id }>`
      SELECT m.conversation_id AS conversation, m.person_id AS sender
      FROM memberships m JOIN conversations c ON c.id = m.conversation_id JOIN people p ON p.id = m.person_id
      WHERE c.name = ${channel} AND m.left_at IS NULL AND p.password_hash IS NULL ORDER BY p.name LIMIT 1`
    const said = {
      root: null,
      text: text.replace('{alice}', `<@${alice!.id}>`),
      files: [],
      client: randomUUID(),
    }
    const settled = await deps.messages.send({ ...by!, ...said })
    if (!settled.ok) throw new Error(`The news could not be written: ${settled.code}`)
  }
}

/** Words that nobody can guess from outside, and the same at every start of this installation. */
function passwordOf(role: string): string {
  const bytes = Buffer.from(hkdfSync('sha256', process.env.PARLEY_SECRET!, '', `parley/sample/${role}`, 8))
  return [0, 2, 4, 6].map((at) => WORDS[bytes.readUInt16BE(at) % WORDS.length]).join(' ')
}

function tellSignIns(): void {
  console.log('  Sign in as:')
  for (const { role, mail } of SIGN_INS)
    console.log(`    ${role.padEnd(14)} ${address(mail).padEnd(26)} ${passwordOf(role)}`)
}
