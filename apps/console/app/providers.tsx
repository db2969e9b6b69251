'use client'
import { UiProvider } from '@parley/ui'
import { QueryClientProvider } from '@tanstack/react-query'
import NextLink from 'next/link'
import type { ReactNode } from 'react'
import { queries } from '../features/api/trpc.ts'
import { WebClient } from '../features/shell/web-client.tsx'

/** What every page stands in. */
export function Providers({ webClient, children }: { webClient: string; children: ReactNode }) {
  return (
    <UiProvider link={NextLink}>
      <QueryClientProvider client={queries}>
        <WebClient address={webClient}>{children}</WebClient>
      </QueryClientProvider>
    </UiProvider>
  )
}
