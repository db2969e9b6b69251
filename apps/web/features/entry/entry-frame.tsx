import { Logo } from '@parley/ui'
import type { ReactNode } from 'react'

/** What the pages before the door have in common. */
export function EntryFrame({
  title,
  children,
  about,
}: {
  title: string
  about?: ReactNode
  children: ReactNode
}) {
  return (
    <main className="grid min-h-dvh place-items-center bg-surface-1 p-4">
      <div className="w-full max-w-sm">
        <Logo label="Parley" className="mx-auto mb-5 size-11" />
        <div className="rounded-lg border bg-surface-0 p-6 max-sm:p-5">
          <h1 className="font-semibold text-xl wrap-anywhere">{title}</h1>
          {about && <div className="mt-1 text-muted">{about}</div>}
          {children}
        </div>
      </div>
    </main>
  )
}
