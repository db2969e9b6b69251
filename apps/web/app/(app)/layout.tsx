import type { ReactNode } from 'react'
import { SessionProvider } from '../../features/session/session-provider.tsx'
import { AppShell } from '../../features/shell/app-shell.tsx'

/** The shell reads the address itself, so that going from one conversation to another asks the server for nothing. */
export default function AppLayout({ children }: { children: ReactNode }) {
  return (
    <SessionProvider>
      <AppShell />
      {children}
    </SessionProvider>
  )
}
