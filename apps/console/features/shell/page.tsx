'use client'
import { classes, DeniedState, PageHeader } from '@parley/ui'
import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { useMe } from '../session/use-me.ts'
import { type PagePath, pageAt } from './navigation.ts'

/**
 * The frame of every page: its name and sentence from the navigation table, what can be begun on the right, the thing
 * itself, and a panel beside it. Shows nothing to those who may not see the page.
 */
export function Page({
  path,
  end,
  panel,
  fill = false,
  narrow = false,
  children,
}: {
  path: PagePath
  /** Buttons, or who changed it last. */
  end?: ReactNode
  /** A SidePanel with the details of what is chosen. */
  panel?: ReactNode
  /** The content takes what height there is and scrolls by itself, as long tables do. */
  fill?: boolean
  /** Forms: nothing is so far from its label that the eye loses the line. */
  narrow?: boolean
  children: ReactNode
}) {
  const { title, says, permission } = pageAt(path)
  const allowed = useMe().permissions[permission]
  useEffect(() => {
    document.title = `${title} · Parley console`
  }, [title])
  if (!allowed)
    return (
      <main className="flex flex-1">
        <DeniedState />
      </main>
    )
  return (
    <>
      <main className={classes('flex min-w-0 flex-1 flex-col', !fill && 'overflow-y-auto')}>
        <div
          className={classes(
            'mx-auto flex w-full max-w-7xl flex-col gap-4 p-4 md:p-6',
            fill && 'min-h-0 flex-1',
          )}
        >
          <PageHeader title={title} end={end}>
            {says}
          </PageHeader>
          {narrow ? <div className="flex max-w-4xl flex-col gap-4">{children}</div> : children}
        </div>
      </main>
      {panel}
    </>
  )
}
