'use client'
import { type Failure, passes } from '@parley/api/browser/failure'
import { attemptSignal, waitsFor } from '@parley/api/browser/patience'
import { ErrorState, Logo, Spinner, WaitingPage } from '@parley/ui'
import { type ReactNode, useEffect, useState } from 'react'
import { act, ask } from '../api/client.ts'
import type { Me } from '../api/procedures.ts'
import { readError } from '../api/read-error.ts'
import { PeopleContext, peopleStore } from '../people/people-store.ts'
import { endSession, leaveForSignIn } from './leave.ts'
import { openSync } from './open-sync.ts'
import { type Session, SessionContext } from './use-sync.ts'

/** Reasons for an ended connection after which only signing in helps. */
const sessionOver = new Set(['revoked', 'signed_out', 'session_reused'])

/** `failure`: of the attempt before. */
type State = { at: 'opening' | 'failed'; failure?: Failure } | { at: 'open'; session: Session }

/** Who is here, and the one connection to the server: all client state hangs on this. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [people] = useState(() => peopleStore((ids) => act('people.byIds', { ids })))
  const [state, setState] = useState<State>({ at: 'opening' })
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    let left = false
    let close = () => {}
    const open = async () => {
      const me: Me = await ask('people.me', {}, attemptSignal())
      if (left) return
      people.learn([{ id: me.id, name: me.name, title: me.title, kind: 'person', status: 'active' }])
      const sync = openSync(me.id)
      const unsubscribe = sync.subscribe('connection', () => {
        const now = sync.connection()
        if (now.state === 'ended' && sessionOver.has(now.reason)) leaveForSignIn(true)
      })
      close = () => {
        unsubscribe()
        sync.close()
      }
      setState({ at: 'open', session: { me, sync, signOut: () => endSession(me.id) } })
    }
    open().catch((error: unknown) => {
      if (left) return
      const failure = readError(error)
      if (failure.code === 'signed_out' || failure.code === 'session_reused')
        leaveForSignIn(failure.code === 'session_reused')
      else setState({ at: 'failed', failure })
    })
    return () => {
      left = true
      close()
    }
  }, [attempt, people])

  if (state.at !== 'open') {
    const { at, failure } = state
    if (!failure) return <Opening />
    const again = () => {
      setState({ at: 'opening', failure })
      setAttempt(attempt + 1)
    }
    const trying = at === 'opening'
    if (passes(failure)) return <WaitingPage waitsFor={waitsFor(failure)} trying={trying} onAgain={again} />
    return (
      <main className="flex min-h-dvh">
        <ErrorState title="Parley could not be opened" onRetry={again} retrying={trying}>
          {failure.says}
        </ErrorState>
      </main>
    )
  }
  return (
    <PeopleContext value={people}>
      <SessionContext value={state.session}>{children}</SessionContext>
    </PeopleContext>
  )
}

function Opening() {
  return (
    <main className="grid min-h-dvh place-items-center" aria-busy="true">
      <div
        role="status"
        aria-label="Opening Parley"
        className="flex animate-late flex-col items-center gap-5"
      >
        <Logo className="size-12" />
        <Spinner className="size-5 text-muted" />
      </div>
    </main>
  )
}
