'use client'
import type { Failure } from '@parley/api/browser/failure'
import { Button, Form, FormField, Logo, TextField, useHydrated, useTryAgain } from '@parley/ui'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { readError } from '../api/read-error.ts'
import { trpc } from '../api/trpc.ts'
import { useWebClient } from '../shell/web-client.tsx'
import { signIn } from './enter.ts'
import { nextPlace } from './place.ts'

/** The same accounts as the web client’s; who may open the console is decided once inside. */
export function SignIn() {
  const web = useWebClient()
  const setup = useQuery(trpc.organisation.setupState.queryOptions({}))
  // A session counts for both where both have one host; elsewhere the console asks for the password.
  const options = useQuery(trpc.identity.signOnOptions.queryOptions({}))
  useTryAgain(setup.isError && !setup.isFetching, () => {
    void setup.refetch()
    void options.refetch()
  })
  const hydrated = useHydrated()
  const sameHost = hydrated && URL.parse(web)?.hostname === window.location.hostname
  const throughProvider = sameHost ? options.data?.map(({ name }) => name).join(' or ') : undefined
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = new FormData(event.currentTarget)
    setBusy(true)
    const refused = await signIn(String(values.get('email')), String(values.get('password')))
    if (!refused) return window.location.assign(nextPlace())
    setBusy(false)
    setFailure(refused)
  }

  return (
    <main className="grid min-h-dvh place-items-center bg-surface-1 p-4">
      <div className="w-full max-w-sm">
        <Logo label="Parley" className="mx-auto mb-5 size-11" />
        <div className="rounded-lg border bg-surface-0 p-6 max-sm:p-5">
          <h1 className="font-semibold text-xl wrap-anywhere">Sign in to the console</h1>
          <p className="mt-1 text-muted">
            {setup.data?.needed ? (
              <>
                Nobody is here yet.{' '}
                <a href={`${web}/set-up`} className="text-accent-text underline">
                  Set up your organisation
                </a>{' '}
                first.
              </>
            ) : (
              `For owners, administrators and auditors of ${setup.data?.organisation || 'your organisation'}.`
            )}
          </p>
          <Form onSubmit={submit} className="mt-5 flex flex-col gap-4">
            {(failure || setup.isError) && (
              <p role="alert" className="rounded-sm bg-danger-soft px-3 py-2 text-danger-text">
                {failure?.says ?? readError(setup.error).says}
              </p>
            )}
            <FormField label="E-mail address" required>
              <TextField name="email" type="email" autoComplete="username" autoFocus />
            </FormField>
            <FormField label="Password" required>
              <TextField name="password" type="password" autoComplete="current-password" />
            </FormField>
            <Button type="submit" variant="primary" size="large" busy={busy}>
              Sign in
            </Button>
          </Form>
          {throughProvider && (
            <p className="mt-4 text-muted text-sm">
              You sign in through {throughProvider}? Do so in the web client, then{' '}
              <button
                type="button"
                onClick={() => window.location.assign(nextPlace())}
                className="rounded-sm text-accent-text underline"
              >
                come back here
              </button>
              .
            </p>
          )}
        </div>
        <p className="mt-4 text-center text-muted text-sm">
          Here to talk to colleagues?{' '}
          <a href={web} className="text-accent-text underline">
            Open the web client
          </a>
        </p>
      </div>
    </main>
  )
}
