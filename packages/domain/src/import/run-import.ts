import { findImportedConversations, isDirectKeyTaken } from '@parley/db/queries/import/conversations'
import type { Id } from '@parley/protocol'
import type { Actor } from '../actor.ts'
import { directKeyOf } from '../conversations/direct-key.ts'
import { beginImport } from './begin-import.ts'
import { conversationRow, membersOf } from './conversation-row.ts'
import { finishImport } from './finish-import.ts'
import { freeName } from './free-name.ts'
import type { ImportDeps, ImportRun } from './import-context.ts'
import { laneOf } from './import-ids.ts'
import { outline } from './outline.ts'
import type { PlannedConversation } from './plan-conversation.ts'
import { Remarks } from './remarks.ts'
import type { Report } from './report.ts'
import { resolverOf } from './resolve.ts'
import type { ImportPlan } from './scan-export.ts'
import type { SlackExport } from './slack-export.ts'
import { publishConversation, writeMessages } from './write-conversation.ts'
import { writePeople } from './write-people.ts'

/** What a run added. All zero when everything was here already. */
export type Imported = {
  /** `already`: an earlier run had finished this very export. `resumed`: one had begun it. */
  readonly before: 'nothing' | 'resumed' | 'already'
  readonly people: { readonly added: number; readonly linked: number }
  readonly messages: number
  readonly conversations: {
    added: number
    /** Made by an import of another export: left as they are. */
    here: number
    /** Direct and group conversations that the same people have here already: left as they are. */
    taken: number
  }
  readonly renamed: { readonly from: string; readonly to: string }[]
}

/**
 * Imports what a scan found to be sound. Everything is written in transactions that each leave the database whole:
 * interrupted at any moment, also by SIGKILL, the next run of the same export goes on where this one stopped, and
 * the result is the same as if it had never been interrupted. A finished import adds nothing when run again.
 * `progress` hears how many messages have been written, earlier runs included, out of all.
 * @throws ImportStopped for what a person can settle
 */
export async function runImport(
  deps: ImportDeps,
  actor: Actor,
  source: SlackExport,
  { plan, report }: { plan: ImportPlan; report: Report },
  progress: (done: number, total: number) => void = () => {},
): Promise<Imported> {
  if (report.problems.length > 0) throw new Error('an export with problems is never imported')
  const begun = await beginImport(deps, actor, report, plan.rules.unknownPeople)
  if (begun === null) return nothing()
  const { run, resumed } = begun
  const people = await writePeople(run, plan.people)
  const conversations = { added: 0, here: 0, taken: 0 }
  const renamed: { from: string; to: string }[] = []
  const before = run.progress.messages
  progress(before, report.messages)

  const here = await findImportedConversations(
    deps.db.sql,
    plan.conversations.map(({ key }) => key),
  )
  for (const planned of plan.conversations) {
    if (here.has(planned.key)) conversations.here += 1
    else if (await isTaken(run, planned, people.ids)) conversations.taken += 1
    else {
      const name = await writeConversation(run, source, plan, planned, people.ids, here, () =>
        progress(run.progress.messages, report.messages),
      )
      conversations.added += 1
      if (name !== null && name !== planned.name) renamed.push({ from: planned.name!, to: name })
    }
  }
  const imported: Imported = {
    before: resumed ? 'resumed' : 'nothing',
    people: { added: people.added, linked: people.linked },
    messages: run.progress.messages - before,
    conversations,
    renamed,
  }
  await finishImport(run, report, imported)
  return imported
}

const nothing = (): Imported => ({
  before: 'already',
  people: { added: 0, linked: 0 },
  messages: 0,
  conversations: { added: 0, here: 0, taken: 0 },
  renamed: [],
})

async function isTaken(run: ImportRun, planned: PlannedConversation, ids: ReadonlyMap<string, Id>) {
  if (planned.name !== null) return false
  return isDirectKeyTaken(run.deps.db.sql, directKeyOf(membersOf(planned, ids)))
}

/** @returns the name that it got */
async function writeConversation(
  run: ImportRun,
  source: SlackExport,
  plan: ImportPlan,
  planned: PlannedConversation,
  ids: ReadonlyMap<string, Id>,
  here: ReadonlyMap<string, Id>,
  written: () => void,
): Promise<string | null> {
  const found =
    plan.outlines.get(planned.key) ?? (await outline(source, planned.source, plan.rules, new Remarks()))
  const members = membersOf(planned, ids)
  await writeMessages(
    run,
    planned,
    {
      source,
      lane: laneOf(planned.source.id),
      rules: plan.rules,
      outline: found,
      resolver: resolverOf(plan.people, source.conversations, { people: ids, conversations: here }),
      ids,
      members: new Set(members),
      moved: plan.moved.get(planned.key) ?? new Map(),
    },
    written,
  )
  const name = planned.name === null ? null : await freeName(run.deps.db.sql, planned.name)
  const owner = planned.creator === null ? null : ids.get(planned.creator)
  await publishConversation(
    run,
    conversationRow(planned, found, ids, name),
    members.map((person) => ({ person, role: person === owner ? 'owner' : 'member' })),
  )
  return name
}
