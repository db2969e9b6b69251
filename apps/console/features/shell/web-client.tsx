'use client'
import { createContext, type ReactNode, use } from 'react'

const WebClientContext = createContext('/')

/** `address`: where the web client is, without a slash at the end. */
export function WebClient({ address, children }: { address: string; children: ReactNode }) {
  return <WebClientContext value={address}>{children}</WebClientContext>
}

export const useWebClient = (): string => use(WebClientContext)
