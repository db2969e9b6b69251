'use client'
import { ErrorState } from '../error-state.tsx'

/** The last resort, when even the frame around the pages failed. */
export function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body className="flex min-h-dvh">
        <title>Parley could not start</title>
        <ErrorState title="Parley could not start" onRetry={retry}>
          Try again. If it keeps happening, tell your administrator.
        </ErrorState>
      </body>
    </html>
  )
}
