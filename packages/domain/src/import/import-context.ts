import type { Database, Tx } from '@parley/db'
import { advanceImportRun } from '@parley/db/queries/import/runs'
import type { Id } from '@parley/protocol'
import type { Actor } from '../actor.ts'
import type { UnknownPeople } from './keep.ts'

/** What an import takes from the process that runs it. */
export type ImportDeps = { readonly db: Database; readonly newId: () => Id }

/**
 * How far an import is. Written in the transaction of every batch, so that after a crash it says neither more nor
 * less than what is there.
 */
export type Progress = {
  /** Counts the transactions: two processes at the same import notice one another. */
  readonly step: number
  /** Judged otherwise, the same messages would have other numbers. */
  readonly unknownPeople: UnknownPeople
  /** The conversation under way, by key, and the last seq written of it. */
  readonly conversation: string | null
  readonly seq: number
  /** Written by all runs of this import together. */
  readonly messages: number
}

/** Cannot go on, for a reason that a person can settle: the message is a sentence for them. */
export class ImportStopped extends Error {
  override readonly name = 'ImportStopped'
}

/** One import at work: its record, and the only way in which it takes a step. */
export class ImportRun {
  readonly id: Id
  readonly deps: ImportDeps
  readonly actor: Actor
  #progress: Progress

  constructor(id: Id, deps: ImportDeps, actor: Actor, progress: Progress) {
    this.id = id
    this.deps = deps
    this.actor = actor
    this.#progress = progress
  }

  get progress(): Progress {
    return this.#progress
  }

  /** Writes and records as one: `work` happens with its step, or neither does. */
  async step<T>(
    change: Partial<Omit<Progress, 'step' | 'unknownPeople'>>,
    work: (tx: Tx) => Promise<T>,
    state: 'running' | 'done' = 'running',
  ): Promise<T> {
    const from = this.#progress
    const next: Progress = { ...from, ...change, step: from.step + 1 }
    const result = await this.deps.db.transaction(async (tx) => {
      if (!(await advanceImportRun(tx.sql, this.id, from.step, next, state)))
        throw new ImportStopped('Another process is running the same import: let it finish.')
      return work(tx)
    })
    this.#progress = next
    return result
  }
}
