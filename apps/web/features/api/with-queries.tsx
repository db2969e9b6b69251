'use client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'

/** One for the page; signing out loads the page anew, so nothing in it outlives its session. */
const queries = new QueryClient()

/** Around what asks the API in lists and forms. Not part of the first load: conversations come from the sync engine. */
export function WithQueries({ children }: { children: ReactNode }) {
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>
}
