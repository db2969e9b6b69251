'use client'
import { ErrorState } from '../error-state.tsx'

/** A page that could not be shown; the digest finds the cause in the server's log. */
export function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : undefined
  return (
    <main className="flex min-h-dvh">
      <ErrorState title="This page could not be shown" onRetry={retry} reference={digest}>
        {digest
          ? 'Try again. If it keeps happening, give this reference to your administrator.'
          : 'Try again. If it keeps happening, reload the page.'}
      </ErrorState>
    </main>
  )
}
