'use client'
import type { Failure } from '@parley/api/browser/failure'
import { ErrorState, Logo, Spinner } from '@parley/ui'
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

type State = { at: 'opening' } | { at: 'failed'; failure: Failure } | { at: 'open'; session: Session }

/** Who is here, and the one connection to the server: all client state hangs on this. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [people] = useState(() => peopleStore((ids) => act('people.byIds', { ids })))
  const [state, setState] = useState<State>({ at: 'opening' })
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    let left = false
    let close = () => {}
    const open = async () => {
      const me: Me = await ask('people.me', {})
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

  if (state.at === 'failed')
    return (
      <main className="flex min-h-dvh">
        <ErrorState
          title={state.failure.code === 'offline' ? 'You are offline' : 'Parley could not be opened'}
          onRetry={() => {
            setState({ at: 'opening' })
            setAttempt(attempt + 1)
          }}
        >
          {state.failure.says}
        </ErrorState>
      </main>
    )
  if (state.at === 'opening') return <Opening />
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
