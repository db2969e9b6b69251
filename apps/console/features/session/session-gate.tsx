'use client'
import { passes } from '@parley/api/browser/failure'
import { waitsFor } from '@parley/api/browser/patience'
import {
  Banner,
  Button,
  DeniedState,
  ErrorState,
  LinkButton,
  Loading,
  Logo,
  useHydrated,
  WaitingPage,
} from '@parley/ui'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { readError } from '../api/read-error.ts'
import { queries, retry, trpc } from '../api/trpc.ts'
import { signOut } from '../entry/enter.ts'
import { useWebClient } from '../shell/web-client.tsx'
import { askMe } from './ask-me.ts'
import { MeContext } from './use-me.ts'

/** A role that was taken away shows itself after this long at most, in milliseconds. */
const askAgain = 30_000

/** Lets in who may open the console; everybody else is told where to go instead. */
export function SessionGate({ children }: { children: ReactNode }) {
  const web = useWebClient()
  const hydrated = useHydrated()
  const { queryKey } = trpc.people.me.queryOptions({})
  const me = useQuery({
    queryKey,
    queryFn: askMe,
    enabled: hydrated,
    refetchInterval: askAgain,
    refetchOnWindowFocus: true,
    // until it is known, the waiting page asks again
    retry: (failed, error) => queries.getQueryData(queryKey) !== undefined && retry(failed, error),
  })
  if (me.data?.permissions['console.open'])
    return (
      <MeContext value={me.data}>
        <div className="flex h-dvh flex-col">
          {me.isError && (
            <Banner tone="warning" working>
              {readError(me.error).says} What you see may be old.
            </Banner>
          )}
          <div className="min-h-0 flex-1">{children}</div>
        </div>
      </MeContext>
    )
  if (me.data)
    return (
      <main className="flex min-h-dvh bg-surface-1">
        <DeniedState
          action={
            <>
              <LinkButton href={web} variant="primary">
                Open the web client
              </LinkButton>
              <Button onClick={signOut}>Sign in as somebody else</Button>
            </>
          }
        >
          The console is for owners, administrators and auditors. You are signed in as {me.data.name}, who is
          a member of {me.data.organisation}. If you need it, ask an administrator to change your role.
        </DeniedState>
      </main>
    )
  const failure = me.isError ? readError(me.error) : null
  if (failure && passes(failure))
    return <WaitingPage waitsFor={waitsFor(failure)} trying={me.isFetching} onAgain={() => me.refetch()} />
  if (failure && failure.code !== 'signed_out')
    return (
      <main className="flex min-h-dvh">
        <ErrorState
          title="The console could not be opened"
          onRetry={() => me.refetch()}
          retrying={me.isFetching}
        >
          {failure.says}
        </ErrorState>
      </main>
    )
  return (
    <Loading className="grid min-h-dvh place-items-center bg-surface-1">
      <Logo label="Parley" className="size-12 animate-fade-in" />
    </Loading>
  )
}
