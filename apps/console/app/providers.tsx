'use client'
import { UiProvider } from '@parley/ui'
import NextLink from 'next/link'
import type { ReactNode } from 'react'

/** What every page stands in. */
export function Providers({ children }: { children: ReactNode }) {
  return <UiProvider link={NextLink}>{children}</UiProvider>
}
